"""Packs what the generators write (GOLDENS) into the form of the repository (goldens/), and writes docs/goldens.md.

usage: python3 pack_goldens.py [SUBJECT ...]    with GOLDENS set, as for the generators (default: ../target/goldens)
       python3 pack_goldens.py --table          writes docs/goldens.md only

Only numpy and Pillow are needed. What is left out of an array is every row and column of its last two axes (points and normals:
of the first two) but each N-th, counted from 0; the file is then called NAME.sN.npy. N is the smallest step that keeps the
array below a limit: 4 kB for the results of inner modules (tap.*), 10 kB for maps, except the final ones of the first
picture, which stay whole. Prepared pictures that must be equal to the bit are kept as a SHA-256 of their float32 values (-0 counts as 0)
and a sample. Files that no test reads are left out.
"""
import hashlib
import json
import os
import re
import shutil
import struct
import sys
import zipfile

import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
GENERATED = os.environ.get("GOLDENS") or os.path.join(HERE, "..", "target", "goldens")
TREE = os.path.join(HERE, "..", "..", "goldens")
DOCS = os.path.join(HERE, "..", "..", "docs", "goldens.md")

TAP, MAP, WHOLE = 4_000, 10_000, 52_000
BITWISE, CLOSE = "bitwise", "close"

DEBIAN = "Python 3.11.2, torch 1.13.0a0 (OpenBLAS 0.3.21), numpy 1.24.2, Pillow 9.4.0; Debian 12, x86-64, CPU"
HF = f"transformers 4.43.4 (868d36d2), {DEBIAN}"
DIFFUSERS = f"diffusers 0.30.3 (c9ff3609), {DEBIAN}"
HF_RULE = ("predicted_depth and post_bicubic at most {0}; pixel_values {1}; tap.* 1e-4 of the largest value; post_uint8 at most one "
           "level, counted modulo 256, on at most 0.5 % of the pixels")
EXACT = "equal to the bit"


def hf(script, what, accept, pixels=BITWISE, weights="model.safetensors"):
    rule = HF_RULE.format(accept, EXACT if pixels == BITWISE else "1e-5")
    return dict(script=script, what=what, tools=HF, tolerance=rule, pixels=pixels,
                files=["config.json", "preprocessor_config.json", "manifest.json", weights])


MODELS = {
    "dpt_vit": hf("gen_models.py", "DPT on ViT, readout project, old preprocessor layout, F32", "1e-3"),
    "dpt_vit_sharded": hf("gen_more.py", "the weights of dpt_vit in two shards with an index", "1e-3", weights="model.safetensors.index.json"),
    "dpt_hybrid": hf("gen_models.py", "DPT-hybrid (BiT and ViT), fixed input size, F16", "1e-3"),
    "dpt_hybrid_bin": hf("gen_models.py", "the weights of dpt_hybrid as pytorch_model.bin, F16", "1e-3", weights="pytorch_model.bin"),
    "dpt_beit": hf("gen_more.py", "DPT on BEiT, relative position bias resized to a window that is not square, F16", "1e-3"),
    "dpt_swinv2": hf("gen_more.py", "DPT on Swin v2, no reassemble stage, F16", "6e-3"),
    "dpt_dinov2": hf("gen_more.py", "DPT on DINOv2: padding to 14, normalisation of 0..255, odd grids, head projection, F16", "1e-3"),
    "glpn": hf("gen_models.py", "GLPN as pytorch_model.bin, F16", "6e-4", weights="pytorch_model.bin"),
    "depth_anything": hf("gen_models.py", "Depth Anything, relative, F32; pos_embed: position embeddings at other sizes by the old and the new rule (1e-5 of the largest value)", "1e-3"),
    "depth_anything_fp16": hf("gen_more.py", "the weights of depth_anything as F16", "1e-3"),
    "depth_anything_bf16": hf("gen_more.py", "the weights of depth_anything as BF16", "1e-3"),
    "depth_anything_metric": hf("gen_models.py", "Depth Anything, metric head, maximum 20 m, F16", "9e-4"),
    "depth_anything_metric_outdoor": hf("gen_more.py", "Depth Anything, metric head, maximum 80 m, taps that are not the last four layers, F16", "4e-3"),
    "zoedepth": hf("gen_models.py", "ZoeDepth N (softplus bins), F16", "2e-3", CLOSE),
    "zoedepth_kitti": hf("gen_more.py", "ZoeDepth K (normed bins), F16", "2e-2", CLOSE),
    "zoedepth_nk": hf("gen_more.py", "ZoeDepth NK (two heads, router), F16", "1e-4", CLOSE),
    "da3_mono": dict(script="gen_da3.py", what="Depth Anything 3 mono, F16: depth before and after the sky step, sky; preprocess.json: 70 prepared sizes",
                     tools=f"ByteDance-Seed/Depth-Anything-3 2c21ea84, OpenCV 4.6.0, {DEBIAN}", pixels=CLOSE,
                     tolerance="accept in manifest.json per case; tap.* 1e-4 of the largest value; prepared pictures one 8-bit level",
                     files=["config.json", "manifest.json", "preprocess.json", "model.safetensors"]),
    "da3_metric": dict(script="gen_da3.py", what="Depth Anything 3 metric, F16, taps with gaps; metric_depth = depth x focal length / 300",
                       tools=f"ByteDance-Seed/Depth-Anything-3 2c21ea84, OpenCV 4.6.0, {DEBIAN}", pixels=CLOSE,
                       tolerance="accept in manifest.json per case, metric_depth 6e-4; tap.* 1e-4 of the largest value",
                       files=["config.json", "manifest.json", "model.safetensors"]),
    "depth_pro": dict(script="gen_depth_pro.py", what="Depth Pro in the layout of apple/DepthPro-hf, F16: 35 tiles, field of view, metres",
                      tools=f"transformers' depth_pro 9a6be63f in 4.43.4, {DEBIAN}", pixels=CLOSE,
                      tolerance="accept in manifest.json per picture; pixel_values 1e-5; tap.* 1e-4 of the largest value",
                      files=["config.json", "preprocessor_config.json", "manifest.json", "model.safetensors"]),
    "moge2": dict(script="gen_moge.py", what="MoGe-2 as model.pt (F32) and the same values as safetensors (F16): points, depth, mask, normals, camera",
                  tools=f"microsoft/MoGe 07444410 with utils3d 3fab839f, scipy 1.10.1, {DEBIAN}", pixels=CLOSE,
                  tolerance="accept in manifest.json per case; normals 1e-4, camera 1e-4, mask equal on 99.95 % of the pixels; tap.* 1e-4 of the largest value",
                  files=["config.json", "manifest.json", "tensor_names.json", "model.pt", "model.safetensors"]),
}
# Weight files that the tests make out of the tensors of a subject (of): of another, or of this one's file in another format.
VARIANTS = {
    "dpt_vit_sharded": dict(of="dpt_vit", files=["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]),
    "depth_anything_fp16": dict(of="depth_anything", files=["model.safetensors"]),
    "depth_anything_bf16": dict(of="depth_anything", files=["model.safetensors"]),
    "moge2": dict(of="moge2", files=["model.safetensors"]),
    "marigold_lcm": dict(of="marigold", files=[]),
    "marigold_e2e": dict(of="marigold", files=[]),
}
STEPS = "step[0-9]_t[0-9]+_(latent|unet_out)"
MARIGOLD_A = ("ens1_depth_full|ens1_depth_proc|ens1_latent|ens3_depth_proc|ens3_mean_depth_proc|ens3_latents|ens3_members|ens3_minmax_median_only|"
              f"image_latent|init_latents|lcm1_depth_proc|pixel_values|{STEPS}|v1_.*|vae_decoded_rgb|vae_moments|vae_tap\\.(de|en)coder\\.mid_block|unet_step0_tap\\.(down_blocks.*|mid_block|time_embedding|up_blocks\\.1)")
MARIGOLD_C = f"ens1_depth_full|ens1_depth_proc|ens1_latent|ens3_members|ens3_minmax_median_only|image_latent|init_latents|pixel_values|{STEPS}|vae_decoded_rgb"
MARIGOLD_RULE = "latents 5e-5, decoded depth 2e-5, prepared pictures 1e-5, inner modules 5e-5 of the largest value"
OTHERS = {
    "marigold": dict(script="gen_marigold.py", what="a diffusers folder: every step of DDIM trailing, ensembles of 1 and 3; schedulers alone (trailing, leading, zero SNR, LCM)",
                     tools=DIFFUSERS, tolerance=MARIGOLD_RULE),
    "marigold_lcm": dict(script="gen_more.py", what="the weights of marigold with LCMScheduler: 1, 2 and 4 steps, noises stored", tools=DIFFUSERS, tolerance=MARIGOLD_RULE),
    "marigold_e2e": dict(script="gen_more.py", what="the weights of marigold as end-to-end fine-tuned models run: zero latent, one step", tools=DIFFUSERS, tolerance=MARIGOLD_RULE),
    "ensembling": dict(script="gen_marigold.py", what="Marigold's ensembling alone, 2, 3, 5 and 10 realistic members: diffusers, prs-eth/Marigold HEAD, and float64 stopped after two iterations",
                       tools=f"prs-eth/Marigold b1dffaaa, scipy 1.10.1, {DIFFUSERS}",
                       tolerance="against float64 1e-4; against the programs: mean 1e-3, median 0.025 (their float32 searches stop early and differ by that much from each other)"),
    "ops": dict(script="gen_ops.py", what="single operators, and the trunk of dpt_hybrid on 75x58 pixels", tools=HF,
                tolerance="1e-5 of the largest value, convolutions and attention 2e-5, layer normalisation 5e-5, trunk 1e-4"),
    "preprocess": dict(script="gen_metrics.py", what="the image processors of transformers: sizes, SHA-256 of the values, samples", tools=HF,
                       tolerance="sizes exact; values equal to the bit, ZoeDepth 1e-5"),
    "metrics": dict(script="gen_metrics.py", what="MSE, PSNR and SSIM of pairs by scikit-image; depth metrics and alignment by Marigold's evaluation",
                    tools=f"scikit-image 0.19.3, scipy 1.10.1, prs-eth/Marigold b1dffaaa, {DEBIAN}",
                    tolerance="relative 1e-9 for 8-bit and float64, 1e-5 where scikit-image works in float32; depth metrics 1e-5"),
    "article": dict(script="gen_models.py", what="the article's resizing and 8-bit map of dpt_vit and dpt_hybrid, whole (of the F32 weights)", tools=HF,
                    tolerance="at most one level, counted modulo 256"),
    "colormaps": dict(script="gen_metrics.py", what="256 x 3 tables and the colours of single numbers", tools="matplotlib 3.6.3", tolerance=EXACT),
    "formats": dict(script="gen_metrics.py", what="safetensors, torch.save files, a sharded index; bad: files to refuse", tools=DEBIAN, tolerance=EXACT),
    "images": dict(script="make_images.py", what="five synthetic pictures: RGB 131x97, 640x480, 120x200, grey 75x58, RGBA 64x64 (width x height)",
                   tools="numpy 1.24.2, Pillow 9.4.0", tolerance="-"),
    "resampling": dict(script="make_resampling.py", what="torch's interpolate, Pillow's and OpenCV's resize, padding; small cases whole, large cases sampled or as SHA-256",
                       tools=f"OpenCV 4.6.0, {DEBIAN}", tolerance="8-bit pictures of Pillow exact, of OpenCV one level; float 1e-5"),
    "pictures": dict(script="make_pictures.py", what="pictures and arrays of every variety, and files to refuse, with what Pillow and NumPy read", tools="Pillow 9.4.0, OpenCV 4.6.0, numpy 1.24.2, Python 3.11.2",
                     tolerance="equal to the bit, JPEG two levels"),
    "keras": dict(script="keras_files.py", what="HDF5 files as Keras 2 saves its models, and such as it does not", tools="h5py 3.7.0, numpy 1.24.2", tolerance=EXACT),
    "densedepth": dict(script="densedepth.py", what="three Keras files of DenseDepth's layout; depth in three ways of resizing, inner modules", tools="h5py 3.7.0, torch 1.13.0, numpy 1.24.2; the network itself in float64",
                       tolerance="relative 1e-4 plus 1e-5 (inner modules 1e-4)"),
    "midas": dict(script="make_midas.py", what="MiDaS and DPT under their authors' names: ViT, hybrid (metres too), BEiT", tools="isl-org/MiDaS 4545977, isl-org/DPT cd3fe90, timm 0.6.12, OpenCV 4.6.0, torch 1.13.0",
                  tolerance="depth 1e-4; hybrid 2e-2 of 782, metres as far as that reaches; prepared pictures 1e-5"),
    "midas_names": dict(script="make_midas_names.py", what="names and shapes of ten published networks, and their names on the hub", tools="isl-org/MiDaS 4545977, timm 0.6.12, transformers 4.43.4, torch 1.13.0", tolerance="exact"),
    "dpt_any_size": dict(script="dpt_any_size.py", what="dpt_vit on 64x112 and 80x48 pixels, written from the paper", tools="torch 1.13.0, numpy 1.24.2", tolerance="1e-3"),
    "unet_variants": dict(script="unet_variants.py", what="a tiny U-Net and what it gives with one unusual setting at a time, each file named after the setting (plain: none)", tools="diffusers 0.30.3, torch 1.13.0", tolerance="2e-5"),
}
SUBJECTS = {**MODELS, **OTHERS}
# Kilobytes (1000 bytes) of each subject before: what the tests of 45436cd read outside the repository, and in it.
BEFORE = json.load(open(os.path.join(HERE, "goldens_before.json")))


def size(folder):
    return sum(os.path.getsize(os.path.join(r, f)) for r, _, fs in os.walk(folder) for f in fs)


def strided(array, first, step):
    """every step-th row and column of the axes first and first + 1"""
    return array[(slice(None),) * (first % array.ndim) + (slice(None, None, step),) * 2] if array.ndim > 1 else array[::step]


def shrink(array, limit, first=-2):
    """the array, its rows and columns thinned until it takes at most limit bytes, and the step"""
    step = 1
    while strided(array, first, step).nbytes > limit:
        step += 1
    return np.ascontiguousarray(strided(array, first, step)), step


def write(folder, name, array, step):
    os.makedirs(folder, exist_ok=True)
    np.save(os.path.join(folder, name + (f".s{step}" if step > 1 else "") + ".npy"), array)


def pack_case(source, target, first_case, pixels):
    """one folder expected/CASE; gives the number of taps and their elements before and after"""
    taps, before, after = 0, 0, 0
    for file in sorted(os.listdir(source)):
        path = os.path.join(source, file)
        name, had = re.fullmatch(r"(.*?)(?:\.s(\d+))?\.(?:npy|png)", file).groups()
        had = int(had or 1)
        array = np.asarray(Image.open(path)) if file.endswith(".png") else np.load(path)
        if name == "post_uint8":
            step = 8 if array.size > 100_000 else 4
            write(target, name, np.ascontiguousarray(array[::step, ::step]), step)
        elif name == "post_bicubic":
            write(target, name, np.ascontiguousarray(array[::3, ::3]), 3)
        elif name == "pixel_values":
            if pixels == BITWISE:
                os.makedirs(target, exist_ok=True)
                with open(os.path.join(target, "pixel_values.sha256"), "w") as f:
                    f.write(hashlib.sha256((array.astype("<f4") + np.float32(0)).tobytes()).hexdigest() + "\n")
            small, step = shrink(array, TAP if pixels == BITWISE else MAP)
            write(target, name, small, had * step)
        elif name == "domain_logits":
            continue
        else:
            tap = name.startswith("tap.")
            images = array.ndim == 3 and array.shape[-1] == 3 and re.fullmatch("(raw_)?(points|normal)", name)
            final = name in ("predicted_depth", "depth", "post_depth", "metric_depth")
            small, step = shrink(array, TAP if tap else WHOLE if final and first_case else MAP, 0 if images else -2)
            write(target, name, small, had * step)
            if tap:
                taps, before, after = taps + 1, before + array.size, after + small.size
    return taps, before, after


def header(path):
    with open(path, "rb") as f:
        length = struct.unpack("<Q", f.read(8))[0]
        return f.read(length), f.read()


def tensors_of(folder):
    """float32 tensors, flat, by name: of model.pt (a torch.save file that stores its tensors in order), else of model.safetensors"""
    if os.path.isfile(os.path.join(folder, "model.pt")):
        names = json.load(open(os.path.join(folder, "tensor_names.json")))
        with zipfile.ZipFile(os.path.join(folder, "model.pt")) as z:
            root = z.namelist()[0].split("/")[0]
            return {n: np.frombuffer(z.read(f"{root}/data/{i}"), "<f4") for i, n in enumerate(names)}
    text, data = header(os.path.join(folder, "model.safetensors"))
    return {k: np.frombuffer(data[v["data_offsets"][0]:v["data_offsets"][1]], "<f4") for k, v in json.loads(text).items() if k != "__metadata__"}


def pack_variant(name, spec):
    """weights that are another subject's: their headers and SHA-256, after checking that the bytes can be made again"""
    source, target = os.path.join(GENERATED, name), os.path.join(TREE, name)
    hashes = {}
    if spec["files"]:
        base = tensors_of(os.path.join(GENERATED, spec["of"]))
    for file in spec["files"]:
        text, data = header(os.path.join(source, file))
        for tensor, v in json.loads(text).items():
            if tensor == "__metadata__":
                continue
            bits = base[tensor].view("<u4")
            made = {"F32": lambda: base[tensor], "F16": lambda: base[tensor].astype("<f2"),
                    "BF16": lambda: ((bits + 0x7FFF + (bits >> 16 & 1)) >> 16).astype("<u2")}[v["dtype"]]()
            assert made.tobytes() == data[v["data_offsets"][0]:v["data_offsets"][1]], (name, file, tensor)
        with open(os.path.join(target, file + ".header"), "wb") as f:
            f.write(text)
        hashes[file] = hashlib.sha256(open(os.path.join(source, file), "rb").read()).hexdigest()
    with open(os.path.join(target, "variant.json"), "w") as f:
        f.write(json.dumps({"of": spec["of"], "sha256": hashes}, indent=2) + "\n")


def readme(name):
    s = SUBJECTS[name]
    lines = [f"# {name}", "", s["what"][0].upper() + s["what"][1:] + ".", "",
             f"- Script: `benchmarks/peers/{s['script']}`" + (", packed by `benchmarks/peers/pack_goldens.py`" if os.path.isdir(os.path.join(GENERATED, name)) or name in PACKED else ""),
             f"- Tools: {s['tools']}", f"- Tolerance: {s['tolerance']}"]
    if name in VARIANTS:
        lines.append(f"- The weights are those of `{'model.pt' if VARIANTS[name]['of'] == name else '../' + VARIANTS[name]['of']}`: the tests make the files (`variant.json`: SHA-256 of each"
                     + ("; `*.header`: the header of each)" if VARIANTS[name]["files"] else ", empty if they are copied)"))
    if name in SAMPLED:
        lines.append("- `NAME.s4.npy`: each fourth row and column of the last two axes, from 0 on")
    if name in MODELS:
        lines += ["- `NAME.sN.npy`: each N-th row and column of the last two axes (points, normals: the first two), from 0 on; "
                  "`pixel_values.sha256`: of all values as float32, little-endian", "- Random weights, drawn with the seed in the script; no published weight is in here"]
    path = os.path.join(GENERATED, name, "README.md")
    notes = ""
    if os.path.isfile(path):
        notes = re.sub(r"(?<![\w/])peers/", "benchmarks/peers/", open(path).read()).strip()
        notes = "\n".join(line for line in notes.split("\n") if not line.startswith("# "))
    if notes.strip():
        lines += ["", "## The generator's notes", "", "They describe all that the generator writes; what no test reads is not in this folder.", "", notes.strip()]
    with open(os.path.join(TREE, name, "README.md"), "w") as f:
        f.write("\n".join(lines) + "\n")


def copy(name, files):
    for file in files:
        os.makedirs(os.path.dirname(os.path.join(TREE, name, file)) or ".", exist_ok=True)
        shutil.copyfile(os.path.join(GENERATED, name, file), os.path.join(TREE, name, file))


def sample(name, pattern, step=4):
    """keeps each fourth row and column of the arrays whose paths match"""
    for path in list(below(name, pattern)):
        stem = os.path.join(TREE, name, path[:-4])
        array = np.load(stem + ".npy")
        np.save(f"{stem}.s{step}.npy", np.ascontiguousarray(array[..., ::step, ::step]))
        os.remove(stem + ".npy")


def below(name, pattern=".*"):
    root = os.path.join(GENERATED, name)
    for r, _, fs in sorted(os.walk(root)):
        for f in sorted(fs):
            path = os.path.relpath(os.path.join(r, f), root)
            if re.fullmatch(pattern, path) and path != "README.md":
                yield path


# The operators that OperatorGoldensTest compares, and the trunk on odd extents.
OPERATORS = "act_(gelu|relu|sigmoid|softplus)|layer_norm_eps.*|group_norm_8|batch_norm_eval|softmax_last|conv_.*|linear|attention|bit_backbone_75x58"
COPIED = {
    "marigold": (f"(model_index.json|empty_text_embedding.npy|scheduler/.*|schedulers/.*|(unet|vae|text_encoder)/(config.json|.*safetensors)"
                         f"|expected/a_131x97/({MARIGOLD_A})\\.npy|expected/c_120x200/({MARIGOLD_C})\\.npy)"),
    "marigold_lcm": "(model_index.json|scheduler/.*|manifest.json|expected/.*)",
    "marigold_e2e": "(model_index.json|scheduler/.*|manifest.json|expected/[^/]*/(unet_out|latent|pred_original_sample|depth_proc|depth_full)\\.npy)",
    "ensembling": "n[0-9]+/(members|(diffusers|marigold_HEAD|float64)_(mean|median)(_uncertainty|_maxiter2)?)\\.npy",
    "ops": f"({OPERATORS})\\.[a-z0-9]+\\.npy",
    "preprocess": "(preprocess|sizes)\\.json",
    "metrics": ".*",
    "colormaps": "(colormaps.json|(?!opencv_)(?!.*_float)[A-Za-z_]+\\.npy)",
    "formats": ".*",
    "images": ".*",
}
SAMPLED = {
    "marigold": "expected/c_120x200/(ens1_depth_full|pixel_values|vae_decoded_rgb)\\.npy",
    "marigold_lcm": "expected/[^/]*/steps1_depth_full\\.npy",
    "marigold_e2e": "expected/[^/]*/depth_full\\.npy",
}
PACKED = set(MODELS) | set(COPIED)


def pack(name):
    target = os.path.join(TREE, name)
    if name not in PACKED:
        readme(name)
        return
    shutil.rmtree(target, ignore_errors=True)
    os.makedirs(target)
    if name in COPIED:
        copy(name, below(name, COPIED[name]))
        if name in SAMPLED:
            sample(name, SAMPLED[name])
    else:
        s = MODELS[name]
        copy(name, [f for f in s["files"] if f not in VARIANTS.get(name, {}).get("files", [])])
        if "pytorch_model.bin" in s["files"]:
            copy(name, ["tensor_names.json"])
        copy(name, below(name, "pos_embed/.*|expected/[^/]*_px_stats\\.npy"))
        expected = os.path.join(GENERATED, name, "expected")
        counts = [0, 0, 0]
        for case in sorted(os.listdir(expected)):
            if os.path.isdir(os.path.join(expected, case)):
                found = pack_case(os.path.join(expected, case), os.path.join(target, "expected", case), case.startswith("a_131x97"), s["pixels"])
                counts = [a + b for a, b in zip(counts, found)]
        with open(os.path.join(target, "taps.json"), "w") as f:
            f.write(json.dumps(dict(arrays=counts[0], elements_before=counts[1], elements=counts[2])) + "\n")
    if name in VARIANTS:
        pack_variant(name, VARIANTS[name])
    readme(name)


def cases(name):
    folder = os.path.join(TREE, name, "expected")
    if not os.path.isdir(folder):
        return "-"
    return ", ".join(sorted(c for c in os.listdir(folder) if os.path.isdir(os.path.join(folder, c))))


def table():
    rows, total = [], [0, 0, 0]
    for name, s in SUBJECTS.items():
        path = os.path.join(TREE, name, "taps.json")
        taps = json.load(open(path)) if os.path.isfile(path) else dict(arrays=0)
        outside, inside = BEFORE.get(name, [0, 0])
        now = size(os.path.join(TREE, name)) / 1000
        total = [total[0] + outside, total[1] + inside, total[2] + now]
        rows.append(f"| `{name}` | {s['what']} | {cases(name)} | " + (f"{taps['arrays']}: {taps['elements_before']} → {taps['elements']}" if taps["arrays"] else "-")
                    + f" | {s['tolerance']} | `{s['script']}` | {outside} | {inside} | {now:.0f} |")
    with open(DOCS, "w") as f:
        f.write(f"""# Goldens: what the references give

Every kernel, architecture and metric is compared with what its reference gives. The expected values lie in `goldens/` at the root, one folder
per subject, each with a README that names the script, the versions of the tools and the tolerance. The scripts are in
`benchmarks/peers`, whose README says how to set up the references. Tests find the folder by the system property `fathom.goldens`,
which the build sets. No published weight and no source of a reference is in there: the networks are small and their weights random.

This page is written by `benchmarks/peers/pack_goldens.py --table`.

- **Before** is 45436cd: kB that the tests read from a folder beside the checkout, and kB in the test resources of the modules
  (some subjects were in both, some pictures in three places). **After** is the repository alone: {total[2] / 1000:.1f} MB in all, of at most 30.
- **Smaller without less coverage**: weights in half precision where they were float32, and the reference's results for exactly those
  weights; weights that several folders shared are stored once and the tests make the others from them (`variant.json`, checked by SHA-256);
  large results are sampled on a regular grid with the same tolerance; prepared pictures that must be equal to the bit are a SHA-256.
  The map of the first picture of each network is kept whole. Every case and tap that a test read is here; what no test read (16 of 43
  operators, results of Marigold 0.1.5, colour tables of OpenCV) is not.
- **taps** are results of inner modules: number of arrays, elements before → after sampling.

| subject | what | cases | taps | tolerance | script | kB before, outside | kB before, inside | kB after |
|---|---|---|---|---|---|---|---|---|
""" + "\n".join(rows) + f"\n| **all** | | | | | | {total[0]:.0f} | {total[1]:.0f} | {total[2]:.0f} |\n")


if __name__ == "__main__":
    names = [a for a in sys.argv[1:] if a != "--table"]
    if names or "--table" not in sys.argv:
        for each in names or SUBJECTS:
            pack(each)
            print(each, size(os.path.join(TREE, each)) // 1000, "kB")
    table()
