"""What a network gives in PyTorch, as a small file that the Java tests compare their network with (PyTorchParity).

Nothing large is stored: both sides compute the same weights and pictures from the tensors' names. Element i of the
tensor NAME is splitmix64(fnv1a64(NAME) + i * 0x9E3779B97F4A7C15), its top 24 bits as a number from -1 to 1.

Where rounding carries an activation over the bend of a ReLU, gradients differ by more than rounding, and each library
rounds in its own way. So values are computed in double precision, pictures are small, and of many draws of pictures that
one is taken whose activations stay away from bends.
"""

import json
import struct

import numpy
import torch
from torch import nn
from torch.nn import functional

SIZES = [(48, 32), (41, 29)]
CLASSES = 5
HEAD = "head.classifier.weight"
LARGEST_SAMPLE = 4093  # a prime, so that a sample meets every place of a grid
DRAWS = 300
ENOUGH = 1e-5
BENT = (nn.ReLU, nn.ReLU6, nn.MaxPool2d)


def noise(name, shape):
    """Numbers from -1 to below 1, in double precision; each is exact in single precision too."""
    state = 0xCBF29CE484222325
    for byte in name.encode():
        state = (state ^ byte) * 0x100000001B3 % 2**64
    i = numpy.arange(int(numpy.prod(shape)), dtype=numpy.uint64)
    z = numpy.uint64(state) + i * numpy.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    z = z ^ (z >> numpy.uint64(31))
    values = (z >> numpy.uint64(40)).astype(numpy.float64) / 2**23 - 1
    return torch.from_numpy(values.reshape(tuple(shape)))


def values(name, shape, gain):
    """Weights by He's rule times the gain, scales and variances near 1, all else near 0; rounded to single precision."""
    v = noise(name, shape)
    if name.endswith("weight") and len(shape) > 1:
        fan_in = v.numel() / shape[0]
        v = v * (numpy.sqrt(6.0 / fan_in) * gain)
    elif name.endswith("weight"):
        v = 1 + 0.1 * v
    elif name.endswith("running_var"):
        v = 1 + 0.5 * v
    else:
        v = 0.1 * v
    return v.float()


def sample(tensor):
    """All elements, or of a large tensor some that are spread over it."""
    flat = tensor.detach().flatten()
    if flat.numel() > LARGEST_SAMPLE:
        k = torch.arange(LARGEST_SAMPLE)
        flat = flat[k * flat.numel() // LARGEST_SAMPLE]
    return flat.numpy().astype("<f4")


class Network:
    """A network whose parameters are filled, with a linear head of 1x1; all in double precision.

    module: in PyTorch, with the names of parameters that the Java network has; its ReLUs and poolings are modules
    features: a function from module and pictures to features
    gain: factor on all weights, such that features are neither tiny nor huge
    """

    def __init__(self, module, features, channels, gain):
        self.module = module.eval()
        self.features = features
        self.gain = gain
        state = module.state_dict()
        filled = {n: values(n, t.shape, gain) for n, t in state.items() if not n.endswith("num_batches_tracked")}
        module.load_state_dict(filled, strict=False)
        module.double()
        self.head = values(HEAD, (CLASSES, channels, 1, 1), gain).double().requires_grad_()

    def run(self, pictures):
        """Features, maps and the gradient of each parameter by its name."""
        self.module.zero_grad()
        self.head.grad = None
        features = self.features(self.module, pictures)
        maps = functional.conv2d(features, self.head)
        logits = maps.mean((2, 3))
        (logits * noise("loss", logits.shape)).sum().backward()
        gradients = {n: p.grad for n, p in self.module.named_parameters()}
        gradients[HEAD] = self.head.grad
        return features, maps, gradients

    def margin(self, pictures):
        """How near an activation is to a bend, or the largest of a pooling to its second: of the layer's mean square."""
        margins = []

        def look(layer, inputs):
            x = inputs[0]
            if isinstance(layer, nn.ReLU):
                gaps = x.abs()
            elif isinstance(layer, nn.ReLU6):
                gaps = torch.minimum(x.abs(), (x - 6).abs())
            else:
                windows = functional.unfold(x, layer.kernel_size, 1, layer.padding, layer.stride)
                windows = windows.view(x.shape[0] * x.shape[1], -1, windows.shape[-1])
                first, second = windows.topk(2, 1).values.unbind(1)
                gaps = (first - second)[first > 0]
            margins.append(float(gaps.min() / x.square().mean().sqrt()))

        bent = [m for m in self.module.modules() if isinstance(m, BENT)]
        hooks = [m.register_forward_pre_hook(look) for m in bent]
        with torch.no_grad():
            self.features(self.module, pictures)
        for hook in hooks:
            hook.remove()
        return min(margins, default=1.0)


def draw_of(network, height, width):
    """The first draw of pictures with enough margin, or the best."""
    best = (-1.0, 0)
    for draw in range(DRAWS):
        best = max(best, (network.margin(pictures_of(draw, height, width)), draw))
        if best[0] > ENOUGH:
            break
    return best


def pictures_of(draw, height, width):
    return noise(f"pictures.{draw}.{height}x{width}", (1, 3, height, width))


def write(path, network):
    """Writes the file and says what is in it."""
    arrays = {"gain": numpy.array([network.gain], "<f4")}
    for height, width in SIZES:
        size = f"{height}x{width}"
        margin, draw = draw_of(network, height, width)
        features, maps, gradients = network.run(pictures_of(draw, height, width))
        arrays[f"draw.{size}"] = numpy.array([draw], "<i8")
        for what, tensor in (("features", features), ("maps", maps)):
            arrays[f"{what}.{size}"] = sample(tensor)
            arrays[f"{what}.{size}.shape"] = numpy.array(tensor.shape, "<i8")
            arrays[f"{what}.{size}.norm"] = numpy.array([tensor.detach().norm()], "<f4")
        names = sorted(gradients)
        arrays[f"gradients.{size}.norms"] = numpy.array([gradients[n].norm() for n in names], "<f4")
        weights = [n for n, p in network.module.named_parameters() if p.dim() > 1]
        for name in (weights[0], weights[len(weights) // 2], weights[-1], HEAD):
            arrays[f"gradient.{size}.{name}"] = sample(gradients[name])
        print(
            f"{path.name} {size}: features {tuple(features.shape)} deviation {features.std():.3g},",
            f"maps {maps.std():.3g}, draw {draw}, margin {margin:.1e}",
            flush=True,
        )
    save(path, arrays)


def save(path, arrays):
    """A safetensors file."""
    header, data = {}, b""
    for name, array in arrays.items():
        kind = {"<f4": "F32", "<i8": "I64"}[array.dtype.str]
        raw = array.tobytes()
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)
