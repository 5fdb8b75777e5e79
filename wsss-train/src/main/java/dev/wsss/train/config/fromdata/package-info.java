/** Values that a configuration leaves to the data set: {@code optimiser.rate: from-data}. */
@NullMarked
package dev.wsss.train.config.fromdata;

import org.jspecify.annotations.NullMarked;
