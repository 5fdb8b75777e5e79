/** Checkpoints: a folder that stands whole or not at all. */
@NullMarked
package dev.wsss.train.checkpoint;

import org.jspecify.annotations.NullMarked;
