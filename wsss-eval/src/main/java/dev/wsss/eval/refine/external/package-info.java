/**
 * Refining by regions that another program drew: start with {@link
 * dev.wsss.eval.refine.external.ExternalMasks}.
 */
@NullMarked
package dev.wsss.eval.refine.external;

import org.jspecify.annotations.NullMarked;
