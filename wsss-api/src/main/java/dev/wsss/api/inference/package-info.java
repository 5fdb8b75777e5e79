/**
 * The boundary of inference: {@link dev.wsss.api.inference.CamModel} takes pixels and gives raw
 * class activation maps, {@link dev.wsss.api.inference.SegmentationModel} gives scores of
 * background and classes, in plain memory. Nothing here names a tensor library, so what comes after
 * a network (scores, masks, reports) runs in a program that carries none.
 */
@NullMarked
package dev.wsss.api.inference;

import org.jspecify.annotations.NullMarked;
