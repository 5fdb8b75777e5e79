#!/usr/bin/env python3
"""What labels of regions, cut from maps at a threshold, would teach: compares them with exact masks.

    python3 labels.py MAPS MASKS NAMES   # a store of maps (docs/store.md), a folder of PNGs, a list of pictures

For thresholds that are one number, `share` (75 % of all cells below it) and `otsu` (one for each map) it prints the
share of background in the labels, recall of the objects and of background (pixels that have their own label), and
precision of the pixels labelled as object. Pixels of value 255 do not count.
"""

import sys
import zlib
from pathlib import Path

import numpy as np

from png import read


def pictures(folder):  # values in masks and scores, classes × rows × columns, of each picture with maps
    for line in open(folder / "index.tsv", encoding="utf-8", newline="\n"):
        field = line[:-1].split("\t")
        if line.startswith("#") or not field[10]:
            continue
        with open(folder / ("shard-%05d.bin" % int(field[0])), "rb") as shard:
            shard.seek(int(field[1]))
            packed = shard.read(int(field[2]))
        values = np.array(field[10].split(";"), np.uint8)
        steps = np.frombuffer(zlib.decompress(packed), np.uint8)
        steps = steps.reshape(len(values), int(field[9]), int(field[8]))
        yield field[11], values, steps.cumsum(1, dtype=np.uint8).cumsum(2, dtype=np.uint8) / np.float32(200)


def otsu(scores):  # of 256 equal bins the upper end of the one after which both parts differ most (Otsu 1979)
    counts, ends = np.histogram(scores, 256, (0, 1))
    centres = (ends[1:] + ends[:-1]) / 2
    below, sums = counts.cumsum(), (counts * centres).cumsum()
    above = below[-1] - below
    parts = (below > 0) & (above > 0)
    between = np.full(256, -1.0)
    means = sums[parts] / below[parts], (sums[-1] - sums[parts]) / above[parts]
    between[parts] = below[parts] * above[parts] * (means[0] - means[1]) ** 2
    return ends[between.argmax() + 1]


def nearest(mask, rows, columns):
    down = ((np.arange(rows) + 0.5) * mask.shape[0] / rows).astype(int)
    across = ((np.arange(columns) + 0.5) * mask.shape[1] / columns).astype(int)
    return mask[down][:, across]


def main(maps, masks, names):
    data = [
        (values, scores, nearest(read(masks / (name + ".png")), *scores.shape[1:]))
        for name, values, scores in pictures(maps)
        if name in names
    ]
    share = np.quantile(np.concatenate([scores.max(0).ravel() for _, scores, _ in data]), 0.75)
    rules = {"%.1f" % t: t for t in np.arange(0.2, 0.85, 0.1)} | {"share": share, "otsu": None}
    print("%d pictures\nthreshold  background  object recall  background recall  mean recall  object precision" % len(data))
    for name, threshold in rules.items():
        counts = np.zeros(6)
        for values, scores, truth in data:
            cuts = np.array([otsu(s) for s in scores])[:, None, None] if threshold is None else threshold
            kept = np.where(scores >= cuts, scores, -1)
            label = np.where(kept.max(0) >= 0, values[kept.argmax(0)], 0)
            known, right = truth != 255, label == truth
            counts += [
                part.sum()
                for part in (
                    known,
                    known & (label == 0),
                    known & (truth > 0),
                    known & (truth > 0) & right,
                    known & (truth == 0),
                    known & (truth == 0) & right,
                )
            ]
        pixels, background, objects, found, rest, left = counts
        recall = found / objects, left / rest
        print(
            "%-9s  %10.2f  %13.2f  %17.2f  %11.3f  %16.2f"
            % (name, background / pixels, *recall, sum(recall) / 2, found / (pixels - background))
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), set(Path(sys.argv[3]).read_text().split()))
