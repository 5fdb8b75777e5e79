/**
 * Training and everything around it: {@link dev.wsss.train.run.Run} for programs, {@code
 * dev.wsss.train.cli} for the command line.
 */
@NullMarked
package dev.wsss.train;

import org.jspecify.annotations.NullMarked;
