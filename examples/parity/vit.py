"""Vision transformers with the names of DeiT and timm, to compare the Java networks with.

Written from "An Image is Worth 16x16 Words" (Dosovitskiy et al. 2021), and CLIP's encoder of pictures from "Learning
Transferable Visual Models From Natural Language Supervision" (Radford et al. 2021). Positions are resized as DeiT does
for larger pictures: bicubic, align_corners=False, without antialiasing. Pictures continue with zeros to whole patches.
"""

import sys

import torch
from torch import nn
from torch.nn import functional

# channels, layers, heads; "narrow" is for tests
SIZES = {"vit-small": (384, 12, 6), "vit-base": (768, 12, 12), "vit-narrow": (48, 3, 3)}
PATCH = 16
GRID = 14


# channels, layers, heads, channels of the space that pictures share with texts
CLIP_SIZES = {"clip-vit-b16": (768, 12, 12, 512), "clip-narrow": (48, 3, 3, 40)}


def quick_gelu(x):
    return x * torch.sigmoid(1.702 * x)


class Layer(nn.Module):
    def __init__(self, channels, heads, epsilon=1e-6, activation=functional.gelu):
        super().__init__()
        self.heads = heads
        self.activation = activation
        self.norm1 = nn.LayerNorm(channels, eps=epsilon)
        self.attn = nn.ModuleDict({"qkv": nn.Linear(channels, 3 * channels), "proj": nn.Linear(channels, channels)})
        self.norm2 = nn.LayerNorm(channels, eps=epsilon)
        self.mlp = nn.ModuleDict({"fc1": nn.Linear(channels, 4 * channels), "fc2": nn.Linear(4 * channels, channels)})

    def forward(self, x, attends=True):
        q, k, v = (
            part.unflatten(2, (self.heads, -1)) for part in self.attn["qkv"](self.norm1(x)).chunk(3, dim=2)
        )
        if attends:
            weights = (torch.einsum("bihc,bjhc->bhij", q, k) * q.shape[-1] ** -0.5).softmax(-1)
            v = torch.einsum("bhij,bjhc->bihc", weights, v)
        x = x + self.attn["proj"](v.flatten(2))
        return x + self.mlp["fc2"](self.activation(self.mlp["fc1"](self.norm2(x))))


class Transformer(nn.Module):
    def __init__(self, channels, layers, heads):
        super().__init__()
        self.cls_token = nn.Parameter(torch.zeros(1, 1, channels))
        self.pos_embed = nn.Parameter(torch.zeros(1, 1 + GRID * GRID, channels))
        self.patch_embed = nn.ModuleDict({"proj": nn.Conv2d(3, channels, PATCH, PATCH)})
        self.blocks = nn.ModuleList(Layer(channels, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(channels, eps=1e-6)
        self.norm_pre = self.head = nn.Identity()


class Clip(nn.Module):
    def __init__(self, channels, layers, heads, shared):
        super().__init__()
        self.cls_token = nn.Parameter(torch.zeros(1, 1, channels))
        self.pos_embed = nn.Parameter(torch.zeros(1, 1 + GRID * GRID, channels))
        self.patch_embed = nn.ModuleDict({"proj": nn.Conv2d(3, channels, PATCH, PATCH, bias=False)})
        self.blocks = nn.ModuleList(Layer(channels, heads, 1e-5, quick_gelu) for _ in range(layers))
        self.norm = nn.LayerNorm(channels, eps=1e-5)
        self.norm_pre = nn.LayerNorm(channels, eps=1e-5)
        self.head = nn.Linear(channels, shared, bias=False)


def build(name):
    return Clip(*CLIP_SIZES[name]) if name in CLIP_SIZES else Transformer(*SIZES[name])


def features(net, pictures, last_attends=True):
    """The tokens of the patches, B x D x H/16 x W/16; of CLIP, where they are projected to."""
    height, width = pictures.shape[2:]
    cells = net.patch_embed["proj"](functional.pad(pictures, (0, -width % PATCH, 0, -height % PATCH)))
    places = net.pos_embed[:, 1:].transpose(1, 2).unflatten(2, (GRID, GRID))
    places = functional.interpolate(places, size=cells.shape[2:], mode="bicubic", align_corners=False)
    first = (net.cls_token + net.pos_embed[:, :1]).expand(len(pictures), -1, -1)
    x = net.norm_pre(torch.cat([first, (cells + places).flatten(2).transpose(1, 2)], dim=1))
    for layer in net.blocks[:-1]:
        x = layer(x)
    x = net.blocks[-1](x, last_attends)
    return net.head(net.norm(x)[:, 1:]).transpose(1, 2).unflatten(2, cells.shape[2:])


def values(net, pictures):
    """The same where each patch of the last block takes its own value alone, as in MaskCLIP (Zhou et al. 2022)."""
    return features(net, pictures, last_attends=False)


if __name__ == "__main__":  # the names of all parameters and their shapes: python3 vit.py vit-small
    for key, value in build(sys.argv[1]).state_dict().items():
        print(key, "x".join(map(str, value.shape)))
