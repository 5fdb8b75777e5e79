/** Networks that were trained, behind the boundary of inference. */
@NullMarked
package dev.wsss.train.inference;

import org.jspecify.annotations.NullMarked;
