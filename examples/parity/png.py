"""Reads the values of a PNG of 8 bits a pixel, grey or palette, with numpy alone."""

import struct
import zlib

import numpy as np


def read(path):
    data, at, packed = open(path, "rb").read(), 8, b""
    while at < len(data):
        (length,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        if kind == b"IHDR":
            width, height, bits, colour, _, _, interlaced = struct.unpack(">IIBBBBB", data[at + 8 : at + 21])
            if bits != 8 or colour not in (0, 3) or interlaced:
                raise SystemExit("%s: not 8 bits a pixel, or interlaced" % path)
        elif kind == b"IDAT":
            packed += data[at + 8 : at + 8 + length]
        at += 12 + length
    rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, width + 1)
    values = np.zeros((height + 1, width + 1), np.int64)
    for y in range(height):
        above, row, line = values[y], values[y + 1], rows[y, 1:].astype(np.int64)
        if rows[y, 0] == 0:
            row[1:] = line
        elif rows[y, 0] == 1:
            row[1:] = np.cumsum(line) & 255
        elif rows[y, 0] == 2:
            row[1:] = (line + above[1:]) & 255
        else:
            for x in range(1, width + 1):
                a, b, c = row[x - 1], above[x], above[x - 1]
                p = abs(b - c), abs(a - c), abs(a + b - 2 * c)
                best = a if p[0] <= p[1] and p[0] <= p[2] else b if p[1] <= p[2] else c
                row[x] = (line[x - 1] + ((a + b) // 2 if rows[y, 0] == 3 else best)) & 255
    return values[1:, 1:].astype(np.uint8)
