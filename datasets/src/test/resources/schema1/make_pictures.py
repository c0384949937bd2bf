"""Writes the three pictures and depth maps of the fixture `schema1`: 8-bit RGB and 16-bit PNG, 32x24, no dependency."""
import struct
import sys
import zlib
from pathlib import Path

WIDTH, HEIGHT = 32, 24


def png(path, bits, colour, rows):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, bits, colour, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b""))


def millimetres(scene, row, column):
    """A wall, a nearer box, and a hole without a measurement at the top left."""
    if row < 3 and column < 3:
        return 0
    box = row > 10 and 8 + scene < column < 18 + scene
    return 1500 + 5 * row if box else 3000 + 10 * column + 20 * scene


def main(folder):
    for kind in ("rgb", "depth"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    for scene, name in enumerate(("a", "b", "c")):
        depth = [[millimetres(scene, r, c) for c in range(WIDTH)] for r in range(HEIGHT)]
        png(folder / "depth" / f"{name}.png", 16, 0, [struct.pack(f">{WIDTH}H", *row) for row in depth])
        png(folder / "rgb" / f"{name}.png", 8, 2, [
            bytes(v for d in row for v in (220 - d // 30, 90 if d < 2500 else 150, 60 + 11 * scene)) for row in depth])


main(Path(sys.argv[1]))
