/**
 * The metrics that come with the framework: {@link dev.wsss.eval.metric.CamMiou} for class
 * activation maps against exact masks, {@link dev.wsss.eval.metric.ImageMap} for image-level
 * probabilities; and {@link dev.wsss.eval.metric.MaskScores} for finished masks, whatever made
 * them.
 */
@NullMarked
package dev.wsss.eval.metric;

import org.jspecify.annotations.NullMarked;
