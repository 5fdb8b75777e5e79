/**
 * The layers of convolutional networks, as named blocks with PyTorch's parameter names.
 *
 * <p>Start with {@link dev.wsss.backbones.layer.Chain}, which runs layers one after another. Every
 * layer takes and gives one array B×C×H×W, which belongs to the manager of its input, and closes
 * what it made in between: autograd keeps the values it needs, so this changes memory only.
 */
@NullMarked
package dev.wsss.backbones.layer;

import org.jspecify.annotations.NullMarked;
