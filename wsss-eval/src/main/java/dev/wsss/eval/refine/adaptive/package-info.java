/**
 * Pixel-adaptive refinement: start with {@link dev.wsss.eval.refine.adaptive.PixelAdaptive}; the
 * weights of a pixel's neighbours are in {@code Affinities}, the rounds in {@code Averaging}.
 */
@NullMarked
package dev.wsss.eval.refine.adaptive;

import org.jspecify.annotations.NullMarked;
