/**
 * Random walk by the affinities of a trained network: {@link dev.wsss.eval.refine.walk.RandomWalk}
 * is the refiner, {@link dev.wsss.eval.refine.walk.AffinityLabels} makes what the network learns
 * from, {@link dev.wsss.eval.refine.walk.AffinitySource} is the network as the walk sees it.
 */
@NullMarked
package dev.wsss.eval.refine.walk;

import org.jspecify.annotations.NullMarked;
