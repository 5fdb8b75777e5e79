/**
 * Networks that turn pictures into features: start with {@link dev.wsss.backbones.BackbonesPlugin},
 * which names them, and {@link dev.wsss.backbones.Tiny}, the smallest. Their layers are in {@link
 * dev.wsss.backbones.layer}, the CAM heads in {@link dev.wsss.backbones.head}.
 */
@NullMarked
package dev.wsss.backbones;

import org.jspecify.annotations.NullMarked;
