/**
 * Files of weights: {@link dev.wsss.api.weights.WeightsFile} reads tensors by name from the formats
 * that weights come in, for backbones that load pretrained ones. What a file says of itself is
 * checked before anything of it is used. To add a format, write a {@code WeightsFormat} and its
 * line in {@code KnownFormats}.
 */
@NullMarked
package dev.wsss.api.weights;

import org.jspecify.annotations.NullMarked;
