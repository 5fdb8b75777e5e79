/** Runs: start with {@link dev.wsss.train.run.Run}, which trains and scores one configuration. */
@NullMarked
package dev.wsss.train.run;

import org.jspecify.annotations.NullMarked;
