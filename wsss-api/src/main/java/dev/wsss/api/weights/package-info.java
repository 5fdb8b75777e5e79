/**
 * Files of weights: {@link dev.wsss.api.weights.SafetensorsFile} reads tensors by name, for
 * backbones that load pretrained weights. What a file says of itself is checked before anything of
 * it is used.
 */
@NullMarked
package dev.wsss.api.weights;

import org.jspecify.annotations.NullMarked;
