/**
 * How the student learns from its gradients: {@link dev.wsss.api.optimiser.Optimiser} moves its
 * parameters, {@link dev.wsss.api.optimiser.RateSchedule} says how fast.
 */
@NullMarked
package dev.wsss.api.optimiser;

import org.jspecify.annotations.NullMarked;
