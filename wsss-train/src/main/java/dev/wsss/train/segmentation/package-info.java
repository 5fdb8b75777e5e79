/**
 * The segmentation network: start with {@link dev.wsss.train.segmentation.SegmentationTraining},
 * which trains one from masks in a folder, and {@link
 * dev.wsss.train.segmentation.TrainedSegmentation}, which opens that folder again.
 */
@NullMarked
package dev.wsss.train.segmentation;

import org.jspecify.annotations.NullMarked;
