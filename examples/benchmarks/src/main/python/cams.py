#!/usr/bin/env python3
"""CAM inference in PyTorch, for a time beside that of `./wsss bench cams`. Needs torch and torchvision.

The same work on the same kind of input: a MobileNetV2 at output stride 16 with the projected head (1280 to 256
to 20 channels), random weights, fixed batch norm; each picture at four scales with its mirror image; the map of
the one labelled class brought to the picture's size, rectified, summed, and divided by its largest value.
"""
import argparse
import resource
import time

import torch
import torch.nn.functional as F
import torchvision

SCALES = (0.5, 1.0, 1.5, 2.0)
CLASSES = 20


def backbone():
    """MobileNetV2's features: stride 1 where the sixth stage begins, dilation 2 after it."""
    features = torchvision.models.mobilenet_v2().features
    for i in range(14, 18):
        for layer in features[i].modules():
            if isinstance(layer, torch.nn.Conv2d) and layer.kernel_size == (3, 3):
                if layer.stride == (2, 2):
                    layer.stride = (1, 1)
                elif i > 14:
                    layer.dilation = layer.padding = (2, 2)
    return features


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--pictures", type=int, default=10)
    options.add_argument("--width", type=int, default=500)
    options.add_argument("--height", type=int, default=375)
    options.add_argument("--threads", type=int, default=2)
    options = options.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    network = torch.nn.Sequential(
        backbone(),
        torch.nn.Conv2d(1280, 256, 1, bias=False),
        torch.nn.ReLU(),
        torch.nn.Conv2d(256, CLASSES, 1, bias=False),
    ).eval()
    size = (options.height, options.width)
    seconds = []
    with torch.no_grad():
        for number in range(2 + options.pictures):
            picture = torch.randn(1, 3, *size)
            label = number % CLASSES
            start = time.perf_counter()
            total = torch.zeros(size)
            for scale in SCALES:
                image = F.interpolate(
                    picture,
                    size=(round(scale * size[0]), round(scale * size[1])),
                    mode="bilinear",
                    align_corners=False,
                )
                maps = network(torch.cat((image, image.flip(3))))[:, label : label + 1]
                maps = F.interpolate(maps, size=size, mode="bilinear", align_corners=False)
                total += F.relu(maps[0, 0]) + F.relu(maps[1, 0].flip(1))
            total /= total.max() + 1e-5
            total.numpy()
            seconds.append(time.perf_counter() - start)
    seconds = sorted(seconds[2:])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"median picture {seconds[len(seconds) // 2]:.3f} s, fastest {seconds[0]:.3f} s, peak memory {peak:.0f} MiB")


if __name__ == "__main__":
    main()
