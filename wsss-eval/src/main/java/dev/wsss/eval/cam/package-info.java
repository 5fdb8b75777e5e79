/** Class activation maps of whole pictures: start with {@link dev.wsss.eval.cam.CamConfig}. */
@NullMarked
package dev.wsss.eval.cam;

import org.jspecify.annotations.NullMarked;
