/**
 * Masks of any photograph with a model that stands alone: {@link dev.wsss.eval.predict.Predictor}.
 */
@NullMarked
package dev.wsss.eval.predict;

import org.jspecify.annotations.NullMarked;
