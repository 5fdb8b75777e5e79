/**
 * What a person sees while a run goes on: {@link dev.wsss.train.progress.ProgressLine} on a {@link
 * dev.wsss.train.progress.Terminal}.
 */
@NullMarked
package dev.wsss.train.progress;

import org.jspecify.annotations.NullMarked;
