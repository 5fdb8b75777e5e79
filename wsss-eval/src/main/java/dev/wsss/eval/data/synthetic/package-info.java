/**
 * Drawn pictures made for weak supervision: start with {@link
 * dev.wsss.eval.data.synthetic.SyntheticDataset}. A {@link dev.wsss.eval.data.synthetic.Scene} is
 * sampled, then painted pixel by pixel; only exactly specified arithmetic is used, so that every
 * machine draws the same bytes.
 */
@NullMarked
package dev.wsss.eval.data.synthetic;

import org.jspecify.annotations.NullMarked;
