"""Writes what networks of torchvision give, for the tests of wsss-backbones; see parity.py.

python3 examples/parity/networks.py wsss-backbones/src/test/resources/dev/wsss/backbones/parity [NAME...]

Needs PyTorch and torchvision (Debian: python3-torch, python3-torchvision). NAME is a network and its output stride, such
as resnet18-8; without one all are written.
"""

import sys
from pathlib import Path

import torchvision
from torch import nn
from torch.nn import functional

import resnet38
import vit
from parity import Network, write


def dilate(stage, times, first):
    """Stride 1, and the 3x3 convolutions dilated; in a bottleneck's first block as in the stage before."""
    for at, block in enumerate(stage):
        for layer in block.modules():
            if isinstance(layer, nn.Conv2d):
                layer.stride = (1, 1)
                if layer.kernel_size == (3, 3):
                    layer.dilation = layer.padding = (times, times) if at else (first, first)


def resnet(build, stride, gain):
    net = build()
    channels = net.fc.in_features
    net.fc = nn.Identity()
    bottleneck = channels == 2048
    if stride == 8:
        dilate(net.layer3, 2, 1 if bottleneck else 2)
        dilate(net.layer4, 4, 2 if bottleneck else 4)
    else:
        dilate(net.layer4, 2, 1 if bottleneck else 2)
    return Network(net, resnet_features, channels, gain)


def resnet_features(net, pictures):
    x = net.maxpool(net.relu(net.bn1(net.conv1(pictures))))
    return net.layer4(net.layer3(net.layer2(net.layer1(x))))


class PairPool(nn.MaxPool2d):
    """2x2 at stride 1: what was at stride 2 is every second value."""

    def forward(self, x):
        return functional.max_pool2d(functional.pad(x, (0, 1, 0, 1)), 2, 1)


def vgg16(stride):
    """Without the last pooling; windows end at the border, so that odd sizes lose nothing."""
    net = torchvision.models.vgg16()
    net.avgpool, net.classifier = nn.Identity(), nn.Identity()
    net.features = net.features[:30]
    for at in (4, 9, 16, 23):
        net.features[at].ceil_mode = True
    if stride == 8:
        net.features[23] = PairPool(2, 1)
        for at in (24, 26, 28):
            net.features[at].dilation = net.features[at].padding = (2, 2)
    return Network(net, lambda n, pictures: n.features(pictures), 512, 1.0)


def mobilenet_v2():
    """At stride 16."""
    net = torchvision.models.mobilenet_v2()
    net.classifier = nn.Identity()
    for at in range(14, 18):
        depthwise = net.features[at].conv[1][0]
        depthwise.stride = (1, 1)
        if at > 14:
            depthwise.dilation = depthwise.padding = (2, 2)
    return Network(net, lambda n, pictures: n.features(pictures), 1280, 1.0)


NETWORKS = {
    "resnet38-8": lambda: Network(resnet38.build(16), resnet38.features, 16 * 64, 0.75),
    "vit-narrow-16": lambda: Network(vit.build("vit-narrow"), vit.features, 48, 0.5),
    "clip-narrow-16": lambda: Network(vit.build("clip-narrow"), vit.features, 40, 0.5),
    "clip-narrow-values-16": lambda: Network(vit.build("clip-narrow"), vit.values, 40, 0.5),
    "resnet18-8": lambda: resnet(torchvision.models.resnet18, 8, 0.75),
    "resnet18-16": lambda: resnet(torchvision.models.resnet18, 16, 0.75),
    "resnet34-8": lambda: resnet(torchvision.models.resnet34, 8, 0.75),
    "resnet50-16": lambda: resnet(torchvision.models.resnet50, 16, 0.75),
    "resnet101-16": lambda: resnet(torchvision.models.resnet101, 16, 0.625),
    "vgg16-8": lambda: vgg16(8),
    "vgg16-16": lambda: vgg16(16),
    "mobilenet-v2-16": mobilenet_v2,
}


def main():
    folder = Path(sys.argv[1])
    for name in sys.argv[2:] or NETWORKS:
        write(folder / f"{name}.safetensors", NETWORKS[name]())


if __name__ == "__main__":
    main()
