/**
 * Inference by ONNX Runtime: {@link dev.wsss.eval.onnx.OnnxSession}. Nothing here or behind it
 * needs DJL's engine.
 */
@NullMarked
package dev.wsss.eval.onnx;

import org.jspecify.annotations.NullMarked;
