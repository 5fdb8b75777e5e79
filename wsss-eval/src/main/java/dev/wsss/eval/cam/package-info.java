/**
 * Class activation maps of whole pictures: {@link dev.wsss.eval.cam.CamInference} computes them,
 * {@link dev.wsss.eval.cam.SplitScorer} scores a split with them.
 */
@NullMarked
package dev.wsss.eval.cam;

import org.jspecify.annotations.NullMarked;
