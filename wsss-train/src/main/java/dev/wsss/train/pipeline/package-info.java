/**
 * From photographs with image-level labels to masks in one go: {@link
 * dev.wsss.train.pipeline.Pipeline} makes the stages that a configuration asks for, one after the
 * other, and keeps what each has made under a key of all that it was made from. A stage of your own
 * implements {@link dev.wsss.train.pipeline.Stage}.
 */
@NullMarked
package dev.wsss.train.pipeline;

import org.jspecify.annotations.NullMarked;
