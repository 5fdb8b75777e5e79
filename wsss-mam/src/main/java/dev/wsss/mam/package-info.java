/**
 * Losses between maps: the multi-scale attentive module, {@link dev.wsss.mam.MultiScaleAttention}
 * with its keys in {@link dev.wsss.mam.MamConfig}, and SEAM's equivariant regularisation, {@link
 * dev.wsss.mam.EquivariantAttention} with {@link dev.wsss.mam.SeamConfig}.
 */
@NullMarked
package dev.wsss.mam;

import org.jspecify.annotations.NullMarked;
