#!/usr/bin/env python3
"""The backbones in PyTorch, at full size: what they cost. Needs torch and torchvision (Debian: python3-torch,
python3-torchvision).

  backbones.py counts              parameters of each backbone and its multiplications for a picture of 500x375
  backbones.py step PEER OPTIONS   a training step as PEER/step.py times one, for example
                                  backbones.py step ../shared/peer --backbone resnet38 --form exact --batch 2
                                  with --bfloat16 the backbone runs in autocast
"""
import sys
from pathlib import Path

import torch
import torchvision
from torch import nn

sys.path.append(str(Path(__file__).resolve().parents[4] / "parity"))
import networks as twins
import resnet38
import vit
from parity import Network

WIDTH, HEIGHT = 500, 375


def resnet(depth, stride):
    return twins.resnet(getattr(torchvision.models, f"resnet{depth}"), stride, 1.0)


# A backbone and the output stride that it has where none is asked for.
BACKBONES = {
    "mobilenet-v2": twins.mobilenet_v2,
    "resnet18": lambda: resnet(18, 8),
    "resnet34": lambda: resnet(34, 8),
    "resnet50": lambda: resnet(50, 8),
    "resnet101": lambda: resnet(101, 8),
    "vgg16": lambda: twins.vgg16(8),
    "resnet38": lambda: Network(resnet38.build(), resnet38.features, 64 * 64, 1.0),
    "vit-small": lambda: Network(vit.build("vit-small"), vit.features, 384, 1.0),
    "vit-base": lambda: Network(vit.build("vit-base"), vit.features, 768, 1.0),
    "clip-vit-b16": lambda: Network(vit.build("clip-vit-b16"), vit.values, 512, 1.0),
}


def multiplications(network):
    """Those of convolutions, linear layers and attention, counted while a picture goes through."""
    total = 0

    def convolution(layer, _, out):
        nonlocal total
        total += out.numel() * layer.weight[0].numel()

    def linear(layer, given, _):
        nonlocal total
        total += given[0].numel() * layer.out_features

    def attention(_, given, __):
        nonlocal total
        if given[1:] == (False,):  # its tokens do not attend
            return
        tokens, channels = given[0].shape[1:]
        total += 2 * tokens * tokens * channels

    for layer in network.modules():
        if isinstance(layer, nn.Conv2d):
            layer.register_forward_hook(convolution)
        elif isinstance(layer, nn.Linear):
            layer.register_forward_hook(linear)
        elif isinstance(layer, vit.Layer):
            layer.register_forward_hook(attention)
    with torch.no_grad():
        network(torch.randn(1, 3, HEIGHT, WIDTH))
    return total


class Features(nn.Module):
    """A backbone alone."""

    def __init__(self, network, bfloat16=False):
        super().__init__()
        self.module, self.features, self.bfloat16 = network.module.float(), network.features, bfloat16

    def forward(self, pictures):
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bfloat16):
            features = self.features(self.module, pictures)
        return features.float()


def counts():
    print("| backbone | parameters, millions | multiplications, 10^9 |")
    print("|---|---:|---:|")
    for name, build in BACKBONES.items():
        network = Features(build()).eval()
        parameters = sum(parameter.numel() for parameter in network.parameters())
        print(f"| `{name}` | {parameters / 1e6:.1f} | {multiplications(network) / 1e9:.1f} |")


def step(peer, options):
    sys.path.append(peer)
    import step as peers

    bfloat16 = "--bfloat16" in options

    def body(name):
        network = BACKBONES[name]()
        return Features(network, bfloat16), network.head.shape[1]

    peers.body = body
    sys.argv[1:] = [option for option in options if option != "--bfloat16"]
    peers.main()


if __name__ == "__main__":
    if sys.argv[1:2] == ["counts"]:
        counts()
    elif sys.argv[1:2] == ["step"] and len(sys.argv) > 2:
        step(sys.argv[2], sys.argv[3:])
    else:
        sys.exit(__doc__)
