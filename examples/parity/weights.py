"""Writes small files of weights with PyTorch and numpy, which WeightsFixturesTest of wsss-api reads.

python3 examples/parity/weights.py FOLDER
"""

import collections
import sys
from pathlib import Path

import numpy
import torch

folder = Path(sys.argv[1])
base = torch.arange(24, dtype=torch.float32).reshape(4, 6)
state = collections.OrderedDict(
    [
        ("module.rows", base),
        ("module.transposed", base.t()),
        ("module.part", base[1:3, 2:5]),
        ("module.every_second", base[::2, ::3]),
        ("module.half", torch.tensor([1.5, -2.0], dtype=torch.float16)),
        ("module.bfloat16", torch.tensor([1.5, -2.0], dtype=torch.bfloat16)),
        ("module.double", torch.tensor([0.1], dtype=torch.float64)),
        ("module.num_batches_tracked", torch.tensor(7)),
        ("module.empty", torch.empty(0, 3)),
    ]
)
torch.save(state, folder / "state.pth")
torch.save({"epoch": 3, "best": 0.5, "note": None, "state_dict": state}, folder / "wrapped.pth", pickle_protocol=4)
torch.save(state, folder / "legacy.pth", _use_new_zipfile_serialization=False)

layer = torch.nn.Linear(2, 1)
with torch.no_grad():
    layer.weight.copy_(torch.tensor([[1.0, 2.0]]))
    layer.bias.copy_(torch.tensor([3.0]))
torch.save({"model": {"weight": layer.weight, "bias": layer.bias}}, folder / "parameters.pth")
torch.save(layer, folder / "whole.pth")
torch.jit.save(torch.jit.script(layer), folder / "script.pt")

numpy.savez(
    folder / "arrays.npz",
    rows=base.numpy(),
    transposed=base.numpy().T,
    half=numpy.array([1.5, -2.0], dtype=numpy.float16),
    scalar=numpy.float64(0.25),
    counter=numpy.array([7]),
)
