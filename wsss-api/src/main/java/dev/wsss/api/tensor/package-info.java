/**
 * Tensor arithmetic that several modules share: start with {@link dev.wsss.api.tensor.Bilinear} for
 * resizing, and read {@link dev.wsss.api.tensor.Constants} before multiplying by a number inside a
 * graph.
 */
@NullMarked
package dev.wsss.api.tensor;

import org.jspecify.annotations.NullMarked;
