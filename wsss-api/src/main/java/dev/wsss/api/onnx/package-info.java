/**
 * Networks as ONNX graphs: opset 17, IR version 8. Start with {@link dev.wsss.api.onnx.OnnxBlock},
 * which a block implements to write its nodes into an {@link dev.wsss.api.onnx.OnnxGraph}; an
 * {@link dev.wsss.api.onnx.OnnxModel} is the file around it.
 */
@NullMarked
package dev.wsss.api.onnx;

import org.jspecify.annotations.NullMarked;
