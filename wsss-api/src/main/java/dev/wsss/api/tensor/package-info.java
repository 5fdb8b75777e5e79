/** Tensor arithmetic that several modules share. */
@NullMarked
package dev.wsss.api.tensor;

import org.jspecify.annotations.NullMarked;
