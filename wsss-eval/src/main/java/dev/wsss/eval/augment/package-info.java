/**
 * Training pictures: {@link dev.wsss.eval.augment.Augmentation} varies one picture, {@link
 * dev.wsss.eval.augment.BatchLoader} prepares batches ahead of the training step, with the labels
 * of a {@link dev.wsss.eval.augment.MaskSource} where training needs masks.
 */
@NullMarked
package dev.wsss.eval.augment;

import org.jspecify.annotations.NullMarked;
