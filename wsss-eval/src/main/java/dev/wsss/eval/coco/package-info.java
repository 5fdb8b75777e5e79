/**
 * COCO's JSON: masks are written by {@link dev.wsss.eval.coco.CocoFiles}, a data set's annotations
 * are read by {@link dev.wsss.eval.coco.InstanceFile}.
 *
 * @see <a href="https://cocodataset.org/#format-data">the format</a>
 */
@NullMarked
package dev.wsss.eval.coco;

import org.jspecify.annotations.NullMarked;
