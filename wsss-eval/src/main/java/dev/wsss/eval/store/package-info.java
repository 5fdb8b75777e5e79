/**
 * Class activation maps between the stages of a pipeline, on disk or from hand to hand. Start with
 * {@link dev.wsss.eval.store.MapSink}, which takes maps: {@link dev.wsss.eval.store.MapStoreWriter}
 * keeps them in a folder that {@link dev.wsss.eval.store.MapStore} reads, {@link
 * dev.wsss.eval.store.MaskSink} makes masks of them.
 */
@NullMarked
package dev.wsss.eval.store;

import org.jspecify.annotations.NullMarked;
