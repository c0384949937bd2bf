"""Makes resampling.zip: outputs of Pillow, torch and OpenCV that the resampling tests compare with.

usage: make_resampling.py FOLDER OUT    FOLDER holds a_131x97.png and b_640x480.png and the arrays of the small cases, as gen_metrics.py writes them
Made with torch 1.13.0a0, Pillow 9.4.0, OpenCV 4.6.0, numpy 1.24.2, Python 3.11.2 (Debian 12, x86-64).

Small cases: torch_* is F.interpolate of torch_in_13x17; pil_F_* is Image.resize of its first channel; cv_* is cv2.resize of
the crop as uint8, or as float64 (x / 255) stored as float32; those of more than 20 kB as every third row and column, their
names ending in _s3. Names end in height x width, or in sf and the scale factors. pillow.txt: Image.resize of picture a or of
pil_in_crop, which must be equal to the bit, as SHA-256. Large cases: pictures as SHA-256 of their bytes, floats as every 37th row and 41st
column, of a formula that both sides compute exactly.
"""
import hashlib, io, json, os, sys, zipfile
import numpy as np, torch, cv2
from PIL import Image

folder, out = sys.argv[1:3]
torch.set_num_threads(1)
cv2.setNumThreads(1)
FILTERS = dict(nearest=0, lanczos=1, bilinear=2, bicubic=3, box=4, hamming=5)
FLAGS = dict(nearest=cv2.INTER_NEAREST, linear=cv2.INTER_LINEAR, cubic=cv2.INTER_CUBIC, area=cv2.INTER_AREA,
             lanczos4=cv2.INTER_LANCZOS4)
archive = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9)


def put(name, array):
    data = io.BytesIO()
    np.save(data, np.ascontiguousarray(array))
    archive.writestr(zipfile.ZipInfo(name + ".npy", (1980, 1, 1, 0, 0, 0)), data.getvalue(), zipfile.ZIP_DEFLATED)


def pattern(height, width):
    i, j = np.mgrid[0:height, 0:width]
    return ((i * 7919 + j * 104729 + i * j * 31) % 1009).astype(np.float32) / np.float32(1009)


exact = []
for name in sorted(os.listdir(folder)):
    if not name.endswith(".npy"):
        continue
    name, array = name[:-4], np.load(f"{folder}/{name}")
    if name.startswith("pil_") and not name.startswith(("pil_F", "pil_in")):
        exact.append(f"{name} {hashlib.sha256(array.tobytes()).hexdigest()}")
    elif name.startswith("cv_") and "_in_" not in name and array.dtype != np.uint8 and array.nbytes > 20_000:
        put(name + "_s3", array[::3, ::3])
    else:
        put(name, array)
archive.writestr(zipfile.ZipInfo("pillow.txt", (1980, 1, 1, 0, 0, 0)), "\n".join(exact) + "\n", zipfile.ZIP_DEFLATED)
pictures = {p: np.asarray(Image.open(f"{folder}/{p}.png").convert("RGB")) for p in ("a_131x97", "b_640x480")}
for name, picture in pictures.items():
    put(name + " differences", np.diff(picture, axis=1, prepend=np.uint8(0)))  # each pixel less its left neighbour
digests = []
for height, width in ((384, 384), (518, 518), (518, 686), (384, 512), (96, 96), (700, 900), (480, 100)):
    for name, flag in FILTERS.items():
        resized = np.asarray(Image.fromarray(pictures["b_640x480"]).resize((width, height), flag))
        digests.append(f"pillow-{name} {height} {width} {hashlib.sha256(resized.tobytes()).hexdigest()}")
    for name in ("nearest", "linear", "area"):
        resized = cv2.resize(pictures["b_640x480"], (width, height), interpolation=FLAGS[name])
        digests.append(f"opencv-{name} {height} {width} {hashlib.sha256(resized.tobytes()).hexdigest()}")
archive.writestr(zipfile.ZipInfo("digests.txt", (1980, 1, 1, 0, 0, 0)), "\n".join(digests) + "\n", zipfile.ZIP_DEFLATED)
for (h, w), (height, width) in (((480, 640), (384, 384)), ((384, 384), (480, 640)), ((24, 32), (480, 640)), ((1080, 1920), (266, 476))):
    source = pattern(h, w)
    tensor = torch.from_numpy(source)[None, None]
    cases = {}
    for mode in ("bilinear", "bicubic"):
        for suffix, options in (("", dict(align_corners=False)), ("-align-corners", dict(align_corners=True)),
                                ("-antialias", dict(align_corners=False, antialias=True))):
            cases[f"torch-{mode}{suffix}"] = torch.nn.functional.interpolate(tensor, size=(height, width), mode=mode, **options)[0, 0].numpy()
    for mode in ("nearest", "nearest-exact", "area"):
        cases[f"torch-{mode}"] = torch.nn.functional.interpolate(tensor, size=(height, width), mode=mode)[0, 0].numpy()
    for name, flag in FILTERS.items():
        cases[f"pillow-{name}"] = np.asarray(Image.fromarray(source, mode="F").resize((width, height), flag))
    for name, flag in FLAGS.items():
        cases[f"opencv-{name}"] = cv2.resize(source, (width, height), interpolation=flag)
    for name, resized in cases.items():
        put(f"large {name} {h} {w} {height} {width}", resized[::37, ::41])
put("luma_a_131x97", np.asarray(Image.fromarray(pictures["a_131x97"]).convert("L")))
for mode in ("reflect", "replicate"):
    put(f"pad_{mode}", torch.nn.functional.pad(torch.from_numpy(pattern(13, 17))[None], (3, 5, 7, 2), mode=mode)[0].numpy())
archive.close()
