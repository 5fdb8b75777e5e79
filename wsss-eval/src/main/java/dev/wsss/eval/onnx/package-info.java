/**
 * Inference by ONNX Runtime: {@link dev.wsss.eval.onnx.OnnxSession}, on a GPU where there is one.
 * Nothing here or behind it needs DJL's engine.
 */
@NullMarked
package dev.wsss.eval.onnx;

import org.jspecify.annotations.NullMarked;
