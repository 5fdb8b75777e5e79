/**
 * Training: start with {@link dev.wsss.train.loop.TrainingLoop} (epochs) and {@link
 * dev.wsss.train.loop.TrainingStep} (one step in the order in which the method describes it).
 */
@NullMarked
package dev.wsss.train.loop;

import org.jspecify.annotations.NullMarked;
