/**
 * Data sets: start with {@link dev.wsss.api.data.SegmentationDataset}, the interface to implement
 * for photographs of your own.
 */
@NullMarked
package dev.wsss.api.data;

import org.jspecify.annotations.NullMarked;
