/**
 * The arithmetic of layers where there is a faster way than the engine's own operations: start with
 * {@link dev.wsss.backbones.kernel.KernelSet}, whose two implementations are what {@code
 * engine.kernels} chooses from. Layers hold parameters and shapes and ask it for the rest.
 */
@NullMarked
package dev.wsss.backbones.kernel;

import org.jspecify.annotations.NullMarked;
