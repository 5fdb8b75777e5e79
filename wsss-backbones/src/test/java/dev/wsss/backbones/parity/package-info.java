/**
 * Backbones beside the same networks in PyTorch: extend {@link
 * dev.wsss.backbones.parity.PyTorchParity}. {@code examples/parity/networks.py} writes the files.
 */
@NullMarked
package dev.wsss.backbones.parity;

import org.jspecify.annotations.NullMarked;
