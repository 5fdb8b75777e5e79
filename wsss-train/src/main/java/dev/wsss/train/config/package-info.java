/** What a run can be told: start with {@link dev.wsss.train.config.RunConfig}. */
@NullMarked
package dev.wsss.train.config;

import org.jspecify.annotations.NullMarked;
