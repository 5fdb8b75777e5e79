/**
 * The optimiser and the rate schedules that come with the framework: {@code sgd}; {@code poly},
 * {@code cosine}, {@code constant}.
 */
@NullMarked
package dev.wsss.train.optimiser;

import org.jspecify.annotations.NullMarked;
