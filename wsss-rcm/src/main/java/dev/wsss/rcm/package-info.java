/**
 * Losses between pixels and prototypes: the regional contrastive module, {@link
 * dev.wsss.rcm.RegionalContrast}, which reads from top to bottom as the method does, with its keys
 * in {@link dev.wsss.rcm.RcmConfig}; and pixel-to-prototype contrast of two views, {@link
 * dev.wsss.rcm.PixelToPrototype} with {@link dev.wsss.rcm.PixelToPrototypeConfig}.
 */
@NullMarked
package dev.wsss.rcm;

import org.jspecify.annotations.NullMarked;
