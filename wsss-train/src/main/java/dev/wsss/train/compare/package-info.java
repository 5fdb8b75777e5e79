/** Compares finished runs: start with {@link dev.wsss.train.compare.Comparison}. */
@NullMarked
package dev.wsss.train.compare;

import org.jspecify.annotations.NullMarked;
