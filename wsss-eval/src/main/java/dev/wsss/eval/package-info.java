/**
 * Data sets, CAM inference, metrics and reports; {@link dev.wsss.eval.EvalPlugin} lists the modules
 * that this jar brings.
 */
@NullMarked
package dev.wsss.eval;

import org.jspecify.annotations.NullMarked;
