/**
 * Masks as COCO's JSON: {@link dev.wsss.eval.coco.CocoFiles}.
 *
 * @see <a href="https://cocodataset.org/#format-data">the format</a>
 */
@NullMarked
package dev.wsss.eval.coco;

import org.jspecify.annotations.NullMarked;
