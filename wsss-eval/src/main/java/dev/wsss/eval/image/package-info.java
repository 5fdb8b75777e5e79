/**
 * Pictures and masks as plain bytes: read with {@link dev.wsss.eval.image.PictureFiles} and {@link
 * dev.wsss.eval.image.MaskFiles}, resized with {@link dev.wsss.eval.image.BilinearResize}.
 */
@NullMarked
package dev.wsss.eval.image;

import org.jspecify.annotations.NullMarked;
