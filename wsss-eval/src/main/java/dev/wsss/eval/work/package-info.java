/** Work on many pictures by several threads: start with {@link dev.wsss.eval.work.ItemLoop}. */
@NullMarked
package dev.wsss.eval.work;

import org.jspecify.annotations.NullMarked;
