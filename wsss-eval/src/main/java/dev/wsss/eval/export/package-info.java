/**
 * What a network becomes as an ONNX graph: {@link dev.wsss.eval.export.PlainForm}, which gives raw
 * maps, and {@link dev.wsss.eval.export.MaskForm}, which gives masks.
 */
@NullMarked
package dev.wsss.eval.export;

import org.jspecify.annotations.NullMarked;
