/**
 * What stands after every epoch: the metrics so far, and a checkpoint, whole or not at all; of a
 * run {@link dev.wsss.train.checkpoint.Checkpoints}, of one network {@link
 * dev.wsss.train.checkpoint.LearnerCheckpoints}.
 */
@NullMarked
package dev.wsss.train.checkpoint;

import org.jspecify.annotations.NullMarked;
