/**
 * Mean field of a fully connected CRF on the permutohedral lattice, in plain arrays: start with
 * {@link dev.wsss.eval.refine.crf.MeanField}; {@link dev.wsss.eval.refine.crf.Lattice} is one
 * term's filter.
 */
@NullMarked
package dev.wsss.eval.refine.crf;

import org.jspecify.annotations.NullMarked;
