/** Scoring: start with {@link dev.wsss.api.metric.Metric}, the interface to implement. */
@NullMarked
package dev.wsss.api.metric;

import org.jspecify.annotations.NullMarked;
