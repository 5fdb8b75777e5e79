"""Writes what networks of torchvision give, for the tests of wsss-backbones; see parity.py.

python3 examples/parity/networks.py wsss-backbones/src/test/resources/dev/wsss/backbones/parity [NAME...]

Needs PyTorch and torchvision (Debian: python3-torch, python3-torchvision). NAME is a network and its output stride, such
as resnet18-8; without one all are written.
"""

import sys
from pathlib import Path

import torchvision
from torch import nn

import resnet38
import vit
from parity import Network, write


def dilate(stage, times):
    """Stride 1, and all 3x3 convolutions dilated."""
    for layer in stage.modules():
        if isinstance(layer, nn.Conv2d):
            layer.stride = (1, 1)
            if layer.kernel_size == (3, 3):
                layer.dilation = layer.padding = (times, times)


def resnet(build, channels, stride, gain):
    net = build()
    net.fc = nn.Identity()
    if stride == 8:
        dilate(net.layer3, 2)
    dilate(net.layer4, 4 if stride == 8 else 2)
    return Network(net, resnet_features, channels, gain)


def resnet_features(net, pictures):
    x = net.maxpool(net.relu(net.bn1(net.conv1(pictures))))
    return net.layer4(net.layer3(net.layer2(net.layer1(x))))


NETWORKS = {
    "resnet38-8": lambda: Network(resnet38.build(16), resnet38.features, 16 * 64, 0.75),
    "vit-narrow-16": lambda: Network(vit.build("vit-narrow"), vit.features, 48, 0.5),
    "resnet18-8": lambda: resnet(torchvision.models.resnet18, 512, 8, 0.75),
    "resnet18-16": lambda: resnet(torchvision.models.resnet18, 512, 16, 0.75),
}


def main():
    folder = Path(sys.argv[1])
    for name in sys.argv[2:] or NETWORKS:
        write(folder / f"{name}.safetensors", NETWORKS[name]())


if __name__ == "__main__":
    main()
