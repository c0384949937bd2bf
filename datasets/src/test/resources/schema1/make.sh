#!/bin/sh
# Makes the fixture with the program of commit 45436cd. Usage: make.sh FATHOM MOGE_CHECKPOINT MARIGOLD_CHECKPOINT TARGET
# FATHOM is the launcher of a build of that commit; the checkpoints are folders, of random weights.
set -eu
fathom=$1 moge=$2 marigold=$3 target=$4
python3 "$(dirname "$0")/make_pictures.py" "$target/media"
apply() { "$fathom" apply schema1 --home "$target/home" --threads 1 "$@"; }
"$fathom" datasets import pairs "$target/media" --rgb rgb --depths depth --scale 1000 --name schema1 --home "$target/home"
apply --field moge --model "$moge" --option num_tokens=40
apply --field marigold --model "$marigold" --steps 1 --ensemble 2 --resolution 32
apply --field floor --model floor
# Pictures that cannot be read leave two samples open, so that a later version has something to resume.
mv "$target/media/rgb" "$target/hidden"
mkdir "$target/media/rgb"
cp "$target/hidden/a.png" "$target/media/rgb"
apply --field fastdepth --model fastdepth || true
rm -r "$target/media/rgb"
mv "$target/hidden" "$target/media/rgb"
# The exit status says that samples without a prediction are not scored.
evaluate() { "$fathom" evaluate schema1 --home "$target/home" "$@" || true; }
evaluate --prediction fastdepth --protocol article
evaluate --prediction fastdepth --protocol article-aligned
evaluate --prediction moge --protocol article-fixed
rm -r "$target/home/cache" "$target/home/datasets/schema1/writer.lock"
