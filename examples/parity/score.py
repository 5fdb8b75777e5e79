#!/usr/bin/env python3
"""Scores a folder of masks against one of exact masks, as `wsss score` does, in 20 lines of numpy.

    python3 score.py TRUTH MASKS CLASSES   # folders of PNGs of the same names; number of classes without background

Prints mIoU and boundary F. Definitions: docs/scores.md.
"""

import sys
from pathlib import Path

import numpy as np

from png import read


def outline(inside):
    padded = np.pad(inside, ((0, 1), (0, 1)), mode="edge")
    return (inside != padded[:-1, 1:]) | (inside != padded[1:, :-1]) | (inside != padded[1:, 1:])


def near(pixels, other, r):  # share of pixels that have one of the other's within r
    (ys, xs), others = np.nonzero(pixels), np.argwhere(other)
    hits = [(((others - [y, x]) ** 2).sum(1) <= r * r).any() for y, x in zip(ys, xs)]
    return np.mean(hits) if hits else 1.0


def boundary_f(truth, mask, c, r):
    wanted, found = outline(truth == c), outline(mask == c)
    p, q = near(found & (truth != 255), wanted, r), near(wanted, found, r)
    return 2 * p * q / (p + q) if p + q and (mask[truth != 255] == c).any() and (truth == c).any() else 0.0


def score(pairs, classes):
    matrix, f = np.zeros((256, 256), np.int64), {}
    for truth, mask in pairs:
        r, counts = int(np.ceil(0.008 * np.hypot(*truth.shape))), truth != 255
        np.add.at(matrix, (truth[counts], mask[counts]), 1)
        for c in (set(truth[counts]) | set(mask[counts])) - {0, 255}:
            f.setdefault(c, []).append(boundary_f(truth, mask, c, r))
    union = matrix.sum(0) + matrix.sum(1) - np.diag(matrix)
    ious = [matrix[c, c] / union[c] for c in range(classes + 1) if union[c] and (c or matrix[0].any())]
    return np.mean(ious), np.mean([np.mean(v) for v in f.values()])


if __name__ == "__main__":
    names = sorted(path.name for path in Path(sys.argv[1]).glob("*.png"))
    pairs = ((read(Path(sys.argv[1]) / n), read(Path(sys.argv[2]) / n)) for n in names)
    print("miou %.9f\nboundary-f %.9f" % score(pairs, int(sys.argv[3])))
