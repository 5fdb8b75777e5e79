/**
 * What becomes of a segmentation network's scores: {@link
 * dev.wsss.eval.segmentation.SegmentationInference} gives the probabilities of a picture's pixels.
 */
@NullMarked
package dev.wsss.eval.segmentation;

import org.jspecify.annotations.NullMarked;
