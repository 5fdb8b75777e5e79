/**
 * Heads that turn a backbone's features into scores of background and classes: {@link
 * dev.wsss.backbones.head.segmentation.LargeFieldOfView}, {@link
 * dev.wsss.backbones.head.segmentation.DeepLabV2} and {@link
 * dev.wsss.backbones.head.segmentation.DeepLabV3Plus}.
 */
@NullMarked
package dev.wsss.backbones.head.segmentation;

import org.jspecify.annotations.NullMarked;
