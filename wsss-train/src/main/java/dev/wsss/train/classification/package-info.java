/** The classification losses that come with the framework: {@code binary-cross-entropy}. */
@NullMarked
package dev.wsss.train.classification;

import org.jspecify.annotations.NullMarked;
