#!/usr/bin/env python3
"""Computes pixel-adaptive refinement in numpy, plainly, and compares it with the numbers that a test of Java's is held to.

    python3 pixel_adaptive.py wsss-eval/src/test/resources/pixel-adaptive.txt           # compares
    python3 pixel_adaptive.py wsss-eval/src/test/resources/pixel-adaptive.txt --write   # writes them anew

Written from the papers (Araslanov and Roth 2020; Ru et al. 2022) and not from the Java. Each line of the file is a name
and its numbers; pictures and scores are drawn below.
"""

import sys

import numpy as np

WIDTH, HEIGHT, CLASSES = 31, 23, 2
PLACES = [(y, x) for y in (-1, 0, 1) for x in (-1, 0, 1)]
CASES = {  # squared, factor of deviations, weight of places, dilations, rounds
    "pamr": (False, 0.1, 0.0, [1, 2, 4, 8, 12, 24], 10),
    "par": (True, 0.3, 0.01, [1, 2, 4, 8, 12, 24], 10),
    "few": (False, 0.5, 0.2, [3, 1], 3),
    "once": (True, 0.3, 0.0, [2], 1),
}


def draw():
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    random = np.random.default_rng(7)
    disc = (x - 12) ** 2 + (y - 10) ** 2 < 49
    bar = (x > 22) & (y > 5)
    picture = np.stack([60 + 4 * y, 90 + 2 * x, 120 + 0 * x])
    picture = picture + random.integers(-12, 13, picture.shape)
    picture[:, disc] = np.array([[200], [80], [40]]) + random.integers(-9, 10, (3, disc.sum()))
    picture[:, bar] = np.array([[30], [30], [220]])  # of one colour: deviations of 0 inside
    picture[2, :4] = 128  # one channel alone is the same all around
    maps = [np.exp(-((x - a) ** 2 + (y - b) ** 2) / s) for a, b, s in ((15, 8, 40), (26, 14, 30))]
    scores = np.stack([np.full((HEIGHT, WIDTH), 0.4), *maps])
    return picture.clip(0, 255).astype(np.int64), scores.astype(np.float32).astype(np.float64)


def neighbours(planes, dilations, centre):
    """K×H×W to K×N×H×W."""
    found = []
    for d in dilations:
        padded = np.pad(planes, ((0, 0), (d, d), (d, d)), mode="edge")
        for y, x in PLACES:
            if centre or (y, x) != (0, 0):
                top, left = d + d * y, d + d * x
                found.append(padded[:, top : top + planes.shape[1], left : left + planes.shape[2]])
    return np.stack(found, 1)


def softmax(values, axis):
    power = np.exp(values - values.max(axis, keepdims=True))
    return power / power.sum(axis, keepdims=True)


def refine(picture, scores, squared, factor, weight, dilations, rounds):
    colours = picture.astype(np.float64)
    deviation = neighbours(colours, dilations, not squared).std(1, ddof=1, keepdims=True)
    difference = np.abs(neighbours(colours, dilations, False) - colours[:, None])
    quotient = np.where(deviation > 1e-9, difference / np.maximum(deviation, 1e-9) / factor, 0)
    weights = softmax(-(quotient**2 if squared else quotient).mean(0), 0)
    distance = np.array([d * np.hypot(y, x) for d in dilations for y, x in PLACES if (y, x) != (0, 0)])
    places = softmax(-((distance / distance.std(ddof=1) / factor) ** 2), 0)
    weights = (weights + weight * places[:, None, None]) / (1 + weight)
    for _ in range(rounds):
        scores = (neighbours(scores, dilations, False) * weights).sum(1)
    return scores


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    picture, scores = draw()
    lines = {"size": np.array([WIDTH, HEIGHT, CLASSES]), "rgb": picture.transpose(1, 2, 0), "scores": scores}
    for name, case in CASES.items():
        lines[name] = refine(picture, scores, *case)
    if sys.argv[2:] == ["--write"]:
        with open(sys.argv[1], "w") as out:
            for name, values in lines.items():
                form = "%d" if values.dtype.kind == "i" else "%.9g"
                print(name, " ".join(form % v for v in values.flat), file=out)
    golden = {}
    for line in open(sys.argv[1]):
        name, *values = line.split()
        golden[name] = np.array(values, np.float64)
    for name, values in lines.items():
        off = np.abs(values.ravel() - golden[name]).max()
        print("pixel-adaptive, %s: off by at most %.1e" % (name, off))
        assert off < 1e-8
