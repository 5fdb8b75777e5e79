#!/usr/bin/env python3
"""Checks exported models with onnx.checker and strict shape inference, and prints what they hold.

    python3 check.py model.onnx [more.onnx ...]

Debian's python3-onnx will do. Ends with an exception where a model is not valid.
"""

import sys

import onnx


def describe(values):
    return ", ".join(
        "%s %s"
        % (
            value.name,
            "×".join(
                dim.dim_param or str(dim.dim_value) for dim in value.type.tensor_type.shape.dim
            ),
        )
        for value in values
    )


def check(path):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    inferred = onnx.shape_inference.infer_shapes(
        model, check_type=True, strict_mode=True, data_prop=True
    )
    missing = [
        output.name
        for output in inferred.graph.output
        if not output.type.tensor_type.HasField("shape")
    ]
    if missing:
        raise SystemExit("%s: no shape for %s" % (path, ", ".join(missing)))
    print(
        "%s: valid; opset %d, IR %d, %d nodes; %s → %s"
        % (
            path,
            model.opset_import[0].version,
            model.ir_version,
            len(model.graph.node),
            describe(model.graph.input),
            describe(model.graph.output),
        )
    )


if len(sys.argv) < 2:
    raise SystemExit(__doc__)
for name in sys.argv[1:]:
    check(name)
