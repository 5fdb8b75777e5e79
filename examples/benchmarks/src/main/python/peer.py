#!/usr/bin/env python3
"""The same work in PyTorch, for times beside those of `./wsss bench`. Needs torch and torchvision.

  peer.py cams     what `./wsss bench cams` times: each picture at four scales with its mirror image; the map of
                   the one labelled class brought to the picture's size, rectified, summed, divided by its maximum
  peer.py teacher  the teacher's passes of `./wsss bench step`: a batch of 8 at scales 0.5, 1 and 2, no gradients

The network is a MobileNetV2 at output stride 16 with the projected head (1280 to 256 to 20 channels), random
weights, fixed batch norm.
"""
import argparse
import resource
import time

import torch
import torch.nn.functional as F
import torchvision

CAM_SCALES = (0.5, 1.0, 1.5, 2.0)
TEACHER_SCALES = (0.5, 1.0, 2.0)
CLASSES = 20
WARM_UP = 2


def network():
    """Stride 1 where MobileNetV2's sixth stage begins, dilation 2 after it."""
    features = torchvision.models.mobilenet_v2().features
    for i in range(14, 18):
        for layer in features[i].modules():
            if isinstance(layer, torch.nn.Conv2d) and layer.kernel_size == (3, 3):
                if layer.stride == (2, 2):
                    layer.stride = (1, 1)
                elif i > 14:
                    layer.dilation = layer.padding = (2, 2)
    return torch.nn.Sequential(
        features,
        torch.nn.Conv2d(1280, 256, 1, bias=False),
        torch.nn.ReLU(),
        torch.nn.Conv2d(256, CLASSES, 1, bias=False),
    ).eval()


def resized(images, size):
    return F.interpolate(images, size=size, mode="bilinear", align_corners=False)


def cams(net, options, number):
    size = (options.height, options.width)
    picture = torch.randn(1, 3, *size)
    label = number % CLASSES
    start = time.perf_counter()
    total = torch.zeros(size)
    for scale in CAM_SCALES:
        image = resized(picture, (round(scale * size[0]), round(scale * size[1])))
        maps = resized(net(torch.cat((image, image.flip(3))))[:, label : label + 1], size)
        total += F.relu(maps[0, 0]) + F.relu(maps[1, 0].flip(1))
    total /= total.max() + 1e-5
    return time.perf_counter() - start


def teacher(net, options, number):
    images = torch.randn(8, 3, options.crop, options.crop)
    start = time.perf_counter()
    for scale in TEACHER_SCALES:
        side = round(scale * options.crop)
        net(images if scale == 1 else resized(images, (side, side)))
    return time.perf_counter() - start


def main():
    options = argparse.ArgumentParser()
    options.add_argument("what", choices=("cams", "teacher"))
    options.add_argument("--times", type=int, default=10)
    options.add_argument("--width", type=int, default=500)
    options.add_argument("--height", type=int, default=375)
    options.add_argument("--crop", type=int, default=192)
    options.add_argument("--threads", type=int, default=2)
    options = options.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    net = network()
    work = cams if options.what == "cams" else teacher
    with torch.no_grad():
        seconds = [work(net, options, i) for i in range(WARM_UP + options.times)][WARM_UP:]
    seconds.sort()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"median {seconds[len(seconds) // 2]:.3f} s, fastest {seconds[0]:.3f} s, peak memory {peak:.0f} MiB")


if __name__ == "__main__":
    main()
