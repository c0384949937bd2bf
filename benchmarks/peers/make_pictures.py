"""Makes pictures.zip: small pictures of every variety, each with what Pillow makes of it.

usage: make_pictures.py OUT
Made with Pillow 9.4.0, OpenCV 4.6.0, numpy 1.24.2, Python 3.11.2 (Debian 12, x86-64).

NAME is a picture; NAME.rgb.npy is its Image.convert("RGB") after ImageOps.exif_transpose as uint8 [H, W, 3], but for
16-bit grey, of which Pillow clips what others shift: there it is value >> 8 (PNG) or round(value * 255 / 65535) (PGM);
NAME.gray.npy, where there is one, is the stored integers as int64 [H, W].
NAME of arrays: *.npy and *.npz by numpy, with NAME.values.npy as float64 in C order; NAME.refused must be refused.
"""
import io, struct, sys, zipfile, zlib
import cv2
import numpy as np
from PIL import Image, ImageOps

rng = np.random.default_rng(7)
archive = zipfile.ZipFile(sys.argv[1], "w")


def put(name, data):
    archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), bytes(data), zipfile.ZIP_DEFLATED, 9)


def npy(array, **options):
    data = io.BytesIO()
    np.lib.format.write_array(data, array, **options)
    return data.getvalue()


def picture(name, data, gray=None, rgb=None):
    if rgb is None:
        rgb = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB"))
    put(name, data)
    put(name + ".rgb.npy", npy(np.ascontiguousarray(rgb).astype(np.uint8)))
    if gray is not None:
        put(name + ".gray.npy", npy(np.ascontiguousarray(gray).astype(np.int64)))


def saved(image, kind, **options):
    data = io.BytesIO()
    image.save(data, kind, **options)
    return data.getvalue()


def three(gray):
    return np.repeat(np.asarray(gray)[..., None], 3, -1)


yy, xx = np.mgrid[0:35, 0:43]
a = np.stack([127 + 120 * np.sin(xx / 9 + yy / 17), 127 + 120 * np.cos(xx / 13 - yy / 7), (xx * 3 + yy * 2) % 256], -1)
a = a.clip(0, 255).astype(np.uint8)
a[::7, ::5] = rng.integers(0, 256, a[::7, ::5].shape)
im = Image.fromarray(a)
gray = im.convert("L")

for quality, subsampling in ((90, 2), (95, 0), (75, 1)):
    picture(f"q{quality}.jpg", saved(im, "jpeg", quality=quality, subsampling=subsampling))
picture("progressive.jpg", saved(im, "jpeg", quality=85, progressive=True))
data = saved(gray, "jpeg")
picture("gray.jpg", data, gray=np.asarray(Image.open(io.BytesIO(data))))
cmyk = saved(im.convert("CMYK"), "jpeg", quality=95)
picture("cmyk.jpg", cmyk)
ycck = bytearray(cmyk)
ycck[ycck.find(b"Adobe") + 11] = 2
picture("ycck.jpg", bytes(ycck))
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[274] = orientation
    picture(f"exif{orientation}.jpg", saved(im, "jpeg", exif=exif, quality=90))
exif = Image.Exif()
exif[274] = 6
data = saved(gray, "jpeg", exif=exif)
picture("exif6_gray.jpg", data, gray=np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data)))))

for name, image in (("palette", im.convert("P")), ("palette13", im.convert("P", palette=Image.ADAPTIVE, colors=13)),
                    ("palette3", im.convert("P", palette=Image.ADAPTIVE, colors=3)), ("rgb", im)):
    picture(name + ".png", saved(image, "png"))
rgba = im.convert("RGBA")
rgba.putalpha(Image.fromarray((xx * 3 % 256).astype(np.uint8)))
picture("rgba.png", saved(rgba, "png"))
picture("gray_alpha.png", saved(im.convert("LA"), "png"), gray=np.asarray(gray))
picture("bits1.png", saved(im.convert("1"), "png"), gray=np.asarray(im.convert("1")).astype(int))
g16 = rng.integers(0, 65536, (35, 43)).astype(np.uint16)
picture("gray16.png", saved(Image.fromarray(g16), "png"), gray=g16, rgb=three(g16 >> 8))
picture("rgb16.png", cv2.imencode(".png", rng.integers(0, 65536, (35, 43, 3)).astype(np.uint16))[1].tobytes())


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed(row, depth):
    row = row.reshape(-1)
    if depth >= 8:
        return row.astype(">u2" if depth == 16 else "u1").tobytes()
    bits = np.zeros(len(row) * depth, np.uint8)
    for k in range(depth):
        bits[k::depth] = row >> (depth - 1 - k) & 1
    return np.packbits(bits).tobytes()


def png(values, depth, colour, interlace, palette=None):
    """A PNG whose rows take random filters and whose data lies in many chunks."""
    height, width = values.shape[:2]
    step = max(1, (values.shape[2] if values.ndim == 3 else 1) * depth // 8)
    adam7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    raw = b""
    for x0, y0, dx, dy in adam7 if interlace else ((0, 0, 1, 1),):
        part = values[y0::dy, x0::dx]
        above = None
        for row in part if part.shape[1] else ():
            line = np.frombuffer(packed(row, depth), np.uint8).astype(int)
            up = np.zeros_like(line) if above is None else above
            left, upleft = (np.concatenate([np.zeros(step, int), v])[:len(v)] for v in (line, up))
            pa, pb, pc = abs(up - upleft), abs(left - upleft), abs(left + up - 2 * upleft)
            paeth = np.where((pa <= pb) & (pa <= pc), left, np.where(pb <= pc, up, upleft))
            kind = rng.integers(0, 5)
            raw += bytes([kind]) + ((line - (0, left, up, (left + up) // 2, paeth)[kind]) % 256).astype(np.uint8).tobytes()
            above = line
    out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace))
    if palette is not None:
        out += chunk(b"PLTE", palette)
    stream = zlib.compress(raw, 9)
    for i in range(0, len(stream), 100):
        out += chunk(b"IDAT", stream[i:i + 100])
    return out + chunk(b"IEND", b"")


for interlace in (0, 1):
    for height, width in ((1, 1), (3, 2), (5, 5), (13, 17), (1, 9)):
        for colour, channels, depths in ((0, 1, (1, 2, 4, 8, 16)), (2, 3, (8, 16)), (3, 1, (1, 2, 4, 8)), (4, 2, (8, 16)), (6, 4, (8, 16))):
            for depth in depths:
                values = rng.integers(0, 2 ** depth, (height, width, channels) if channels > 1 else (height, width))
                palette = bytes(rng.integers(0, 256, 3 * 2 ** depth).astype(np.uint8)) if colour == 3 else None
                data = png(values, depth, colour, interlace, palette)
                stored = None if colour in (2, 3, 6) else values[..., 0] if values.ndim == 3 else values
                shifted = three(stored >> 8) if colour in (0, 4) and depth == 16 else None
                picture(f"own{interlace}_{height}x{width}_{colour}_{depth}.png", data, gray=stored, rgb=shifted)

picture("rgb.ppm", saved(im, "ppm"))
picture("gray.pgm", saved(gray, "ppm"), gray=np.asarray(gray))
picture("bits.pbm", saved(im.convert("1"), "ppm"), gray=1 - np.asarray(im.convert("1")).astype(int))
picture("gray16.pgm", b"P5\n43 35\n65535\n" + g16.astype(">u2").tobytes(), gray=g16, rgb=three(np.rint(g16 / 65535 * 255)))
picture("plain.pgm", b"P2 # comment\n3 2\n#x\n9\n0 1 2\n 3 9 8\n", gray=[[0, 1, 2], [3, 9, 8]])
picture("plain.pbm", b"P1\n3 2\n101\n0 1 0", gray=[[1, 0, 1], [0, 1, 0]])
picture("plain.ppm", b"P3\n2 1\n7\n0 1 2 7 6 5\n")
picture("maximum100.ppm", b"P6 4 3 100\n" + bytes(rng.integers(0, 101, 36).astype(np.uint8)))
picture("rgb16.ppm", b"P6 4 3 65535\n" + rng.integers(0, 65536, 36).astype(">u2").tobytes())

for kind in "?", "i1", "u1", "<i2", ">i2", "<u2", ">u2", "<i4", ">i4", "<u4", ">u4", "<i8", ">i8", "<u8", ">u8", "<f2", ">f2", "<f4", ">f4", "<f8", ">f8":
    low, high = (0, 2) if kind == "?" else (0, 200) if "u" in kind else (-100, 100)
    for order in "CF":
        array = np.asarray((rng.random((3, 4, 5)) * (high - low) + low).astype(kind), order=order)
        name = f"{kind.replace('<', 'le_').replace('>', 'be_').replace('?', 'bool')}_{order}.npy"
        put(name, npy(array))
        put(name + ".values.npy", npy(np.ascontiguousarray(array).astype("<f8")))
extremes = {"nan.npy": np.array([np.nan, np.inf, -np.inf, 0, -0.0, 65504, 6e-8], "<f2"),
            "uint64.npy": np.array([2 ** 63 + 1025, 2 ** 64 - 1, 7, 2 ** 53 + 1], np.uint64),
            "int64.npy": np.array([-2 ** 63, 2 ** 63 - 1, 2 ** 53 + 1]), "scalar.npy": np.array(3.5, "f4"),
            "empty.npy": np.zeros((0, 5)), "line.npy": np.arange(5), "five.npy": np.arange(48).reshape(2, 3, 1, 4, 2)}
for name, array in extremes.items():
    put(name, npy(array))
    put(name + ".values.npy", npy(np.ascontiguousarray(array).astype("<f8").reshape(array.shape)))
for version in (2, 0), (3, 0):
    put(f"version{version[0]}.npy", npy(np.arange(6.).reshape(2, 3), version=version))
    put(f"version{version[0]}.npy.values.npy", npy(np.arange(6.).reshape(2, 3)))
for name, array in (("object", np.array([{}], dtype=object)), ("complex", np.zeros(3, complex)), ("text", np.array(["ab"])),
                    ("record", np.zeros(3, [("a", "f4")])), ("date", np.zeros(3, "datetime64[D]")), ("long", np.zeros(3, np.longdouble))):
    put(name + ".npy.refused", npy(array, allow_pickle=True))
for name, save in ("stored.npz", np.savez), ("deflated.npz", np.savez_compressed):
    data = io.BytesIO()
    save(data, depth=np.asfortranarray(np.arange(6, dtype="f4").reshape(2, 3)), mask=rng.integers(0, 2, (300, 400)) > 0)
    put(name, data.getvalue())
archive.close()
