/**
 * Refining pseudo labels along the picture: start with {@link
 * dev.wsss.api.refine.PseudoLabelRefiner}, the interface to implement. {@link
 * dev.wsss.api.refine.BackgroundRule} says what comes before it.
 */
@NullMarked
package dev.wsss.api.refine;

import org.jspecify.annotations.NullMarked;
