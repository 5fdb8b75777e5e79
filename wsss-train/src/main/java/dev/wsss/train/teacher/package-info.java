/** The teacher updates that come with the framework: {@code ema}, {@code copy}, {@code frozen}. */
@NullMarked
package dev.wsss.train.teacher;

import org.jspecify.annotations.NullMarked;
