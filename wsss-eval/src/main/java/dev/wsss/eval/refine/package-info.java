/**
 * Refiners of pseudo labels: start with {@link dev.wsss.eval.refine.DenseCrf}, the dense CRF, whose
 * mean field is in {@code dev.wsss.eval.refine.crf}; others have packages of their own.
 */
@NullMarked
package dev.wsss.eval.refine;

import org.jspecify.annotations.NullMarked;
