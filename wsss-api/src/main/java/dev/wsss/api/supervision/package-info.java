/**
 * Self-supervision: start with {@link dev.wsss.api.supervision.SelfSupervision}, the interface to
 * implement for a loss of your own.
 */
@NullMarked
package dev.wsss.api.supervision;

import org.jspecify.annotations.NullMarked;
