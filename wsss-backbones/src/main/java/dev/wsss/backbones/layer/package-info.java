/**
 * The layers of convolutional networks, as named blocks with PyTorch's parameter names.
 *
 * <p>Start with {@link dev.wsss.backbones.layer.Chain}, which runs layers one after another. Every
 * layer takes and gives one array B×C×H×W, which belongs to the manager of its input, and closes
 * what it made in between: autograd keeps the values it needs, so this changes memory only.
 *
 * <p>How they compute is asked of a {@link dev.wsss.backbones.kernel.KernelSet}. Whoever puts a
 * convolution of DJL's beside them reads {@link dev.wsss.api.network.Backbone} first: the engine's
 * gradient of a strided 1×1 convolution is faulty, and only {@link
 * dev.wsss.backbones.layer.Convolution} avoids it.
 */
@NullMarked
package dev.wsss.backbones.layer;

import org.jspecify.annotations.NullMarked;
