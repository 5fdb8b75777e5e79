/**
 * The multi-scale attentive module: start with {@link dev.wsss.mam.MultiScaleAttention}; {@link
 * dev.wsss.mam.MamConfig} lists its keys.
 */
@NullMarked
package dev.wsss.mam;

import org.jspecify.annotations.NullMarked;
