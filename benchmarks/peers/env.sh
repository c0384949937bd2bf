# source me: puts the reference python stack on the path (Debian's /usr/bin/python3 only).
# PEER_SRC: folder with the checkouts transformers-4.43.4, diffusers-0.30.3, huggingface_hub-0.24.7, Marigold-HEAD, Marigold-v0.1.5 (default: ../target/peer-sources)
# GOLDENS: where the generators write and the peers read (default: ../target/goldens; pack_goldens.py makes the form of the repository from it)
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export PEER_SRC=${PEER_SRC:-$HERE/../target/peer-sources} GOLDENS=${GOLDENS:-$HERE/../target/goldens}
export PYTHONPATH=$HERE/shims:$PEER_SRC/transformers-4.43.4/src:$PEER_SRC/diffusers-0.30.3/src:$PEER_SRC/huggingface_hub-0.24.7/src:$HERE
export HF_HUB_OFFLINE=1 TRANSFORMERS_OFFLINE=1 TRANSFORMERS_VERBOSITY=error HF_HOME=$PEER_SRC/.hf USE_TF=0 USE_FLAX=0 PYTHONDONTWRITEBYTECODE=1
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-2} OPENBLAS_NUM_THREADS=${OPENBLAS_NUM_THREADS:-2} MKL_NUM_THREADS=${MKL_NUM_THREADS:-2}
export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-PASSIVE} GOMP_SPINCOUNT=${GOMP_SPINCOUNT:-0} MALLOC_MMAP_THRESHOLD_=${MALLOC_MMAP_THRESHOLD_:-4294967296} MALLOC_TRIM_THRESHOLD_=${MALLOC_TRIM_THRESHOLD_:-8589934592}
PY=${PY:-/usr/bin/python3}
