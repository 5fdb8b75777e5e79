#!/usr/bin/env python3
"""Prints the numbers in FeatureGoldensTest: features of torchvision's networks, dilated as ours are.

Needs torch and torchvision. The pictures and resnet18's weights are formulas, so that both sides can make them;
mobilenet-v2's weights are the file in the first argument.

  python3 feature_goldens.py ../shared/weights/mobilenet_v2-imagenet.safetensors
"""
import json
import struct
import sys

import numpy as np
import torch
import torchvision
from torch import nn


def picture(height, width):
    c, i, j = np.meshgrid(np.arange(3), np.arange(height), np.arange(width), indexing="ij")
    return torch.from_numpy(np.sin(0.1 * (c + 1) * i + 0.05 * j).astype(np.float32))[None]


def safetensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    return {
        name: torch.from_numpy(np.frombuffer(data[slice(*t["data_offsets"])], "<f4").reshape(t["shape"]).copy())
        for name, t in header.items()
        if name != "__metadata__"
    }


def by_formula(name, value):
    """Noise of a small integer hash: weights that keep activations near one and differ everywhere."""
    bits = np.uint64(2**32 - 1)
    x = (np.arange(1, value.numel() + 1, dtype=np.uint64) + np.uint64(1000 * len(name))) * np.uint64(2654435761) & bits
    x = (x ^ x >> np.uint64(15)) * np.uint64(2246822519) & bits
    wave = ((x ^ x >> np.uint64(13)).astype(np.float64) / 2**31 - 1).reshape(tuple(value.shape))
    if value.dim() == 4:
        wave = wave * 2 / np.sqrt(value[0].numel())
    elif name.endswith("bias") or name.endswith("running_mean"):
        wave = wave * 0.1
    else:  # scale and running variance
        wave = 1 + wave * 0.2
    return torch.from_numpy(wave.astype(np.float32))


def dilate(stage, times):
    for c in stage.modules():
        if isinstance(c, nn.Conv2d):
            c.stride = (1, 1)
            if c.kernel_size == (3, 3):
                c.dilation = c.padding = (times, times)


def resnet18(output_stride):
    net = torchvision.models.resnet18()
    if output_stride == 8:
        dilate(net.layer3, 2)
    dilate(net.layer4, 4 if output_stride == 8 else 2)
    state = {k: by_formula(k, v) for k, v in net.state_dict().items() if not k.endswith("num_batches_tracked")}
    net.load_state_dict(state, strict=False)
    return nn.Sequential(*list(net.children())[:-2])


def mobilenet_v2(path):
    net = torchvision.models.mobilenet_v2(num_classes=1001)
    for i in range(14, 18):
        c = net.features[i].conv[1][0]
        c.stride = (1, 1)
        if i > 14:
            c.dilation = c.padding = (2, 2)
    missing, unexpected = net.load_state_dict(safetensors(path), strict=False)
    assert not unexpected and all(k.endswith("num_batches_tracked") for k in missing)
    return net.features


def main():
    for name, net in [
        ("resnet18, stride 8", resnet18(8)),
        ("resnet18, stride 16", resnet18(16)),
        ("mobilenet-v2", mobilenet_v2(sys.argv[1])),
    ]:
        net.eval()
        with torch.no_grad():
            features = net(picture(72, 99))
        flat = features.flatten()
        chosen = flat[torch.arange(16) * (flat.numel() // 16) + 5]
        print(name, tuple(features.shape))
        print("  mean", f"{flat.mean():.6g}", "deviation", f"{flat.std():.6g}", "maximum", f"{flat.max():.6g}")
        print("  every sixteenth", ", ".join(f"{v:.6g}f" for v in chosen.tolist()))


if __name__ == "__main__":
    main()
