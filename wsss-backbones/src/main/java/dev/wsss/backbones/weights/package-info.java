/**
 * Pretrained weights: {@link dev.wsss.backbones.weights.Pretraining} copies a file of weights into
 * a network's parameters, all of them or none.
 */
@NullMarked
package dev.wsss.backbones.weights;

import org.jspecify.annotations.NullMarked;
