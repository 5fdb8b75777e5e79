/**
 * Pictures and masks as plain bytes: {@link dev.wsss.eval.image.PictureFile} and {@link
 * dev.wsss.eval.image.MaskFile} read and write them, {@link dev.wsss.eval.image.BilinearResize}
 * changes their size.
 */
@NullMarked
package dev.wsss.eval.image;

import org.jspecify.annotations.NullMarked;
