"""ResNet-38, model A1 ("Wider or Deeper", Wu et al. 2016), as weakly supervised segmentation uses it: output stride 8.

Written from the paper and the table of its layers, to compare the Java network with; modules have the names of the common
PyTorch definition. The width is 64 in the paper, and all channels are multiples of it.
"""

from torch import nn

BRANCHES = ["2a", "2b1", "2b2"]


def table(w):
    """block: input channels, (filters, kernel, stride, dilation) of its convolutions, the shortcut's stride or None."""
    blocks = {}
    stages = [(2, w, 2 * w, 2 * w, 3), (3, 2 * w, 4 * w, 4 * w, 3), (4, 4 * w, 8 * w, 8 * w, 6), (5, 8 * w, 8 * w, 16 * w, 3)]
    for number, channels, middle, filters, count in stages:
        stride, dilation = (1, 2) if number == 5 else (2, 1)
        blocks[f"b{number}"] = channels, [(middle, 3, stride, 1), (filters, 3, 1, dilation)], stride
        for i in range(1, count):
            blocks[f"b{number}_{i}"] = filters, [(middle, 3, 1, dilation), (filters, 3, 1, dilation)], None
    blocks["b6"] = 16 * w, [(8 * w, 1, 1, 1), (16 * w, 3, 1, 4), (32 * w, 1, 1, 1)], 1
    blocks["b7"] = 32 * w, [(16 * w, 1, 1, 1), (32 * w, 3, 1, 4), (64 * w, 1, 1, 1)], 1
    return blocks


def convolution(channels, filters, kernel, stride=1, dilation=1):
    return nn.Conv2d(channels, filters, kernel, stride, dilation * (kernel // 2), dilation, bias=False)


def build(width=64):
    net = nn.ModuleDict({"conv1a": convolution(3, width, 3)})
    for name, (channels, convolutions, shortcut) in table(width).items():
        block = nn.ModuleDict()
        filters = channels
        for branch, (following, kernel, stride, dilation) in zip(BRANCHES, convolutions):
            block[f"bn_branch{branch}"] = nn.BatchNorm2d(filters)
            block[f"relu{branch}"] = nn.ReLU()
            block[f"conv_branch{branch}"] = convolution(filters, following, kernel, stride, dilation)
            filters = following
        if shortcut:
            block["conv_branch1"] = convolution(channels, filters, 1, shortcut)
        net[name] = block
    net["bn7"] = nn.BatchNorm2d(64 * width)
    net["relu7"] = nn.ReLU()
    return net


def features(net, pictures):
    """In evaluation mode, so without dropout."""
    x = net["conv1a"](pictures)
    for block in net.values():
        if not isinstance(block, nn.ModuleDict):
            continue
        y = x
        for branch in BRANCHES:
            if f"conv_branch{branch}" in block:
                y = block[f"relu{branch}"](block[f"bn_branch{branch}"](y))
                rectified = y if branch == "2a" else rectified
                y = block[f"conv_branch{branch}"](y)
        x = y + (block["conv_branch1"](rectified) if "conv_branch1" in block else x)
    return net["relu7"](net["bn7"](x))


if __name__ == "__main__":  # the names of all parameters and their shapes
    for key, value in build().state_dict().items():
        if not key.endswith("num_batches_tracked"):
            print(key, "x".join(map(str, value.shape)))
