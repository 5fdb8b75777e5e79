/** Random numbers that depend on where they are used, not on who drew before. */
@NullMarked
package dev.wsss.eval.random;

import org.jspecify.annotations.NullMarked;
