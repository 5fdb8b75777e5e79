/**
 * What a run's folder says about where its numbers come from: start with {@link
 * dev.wsss.train.provenance.RunFolder}.
 */
@NullMarked
package dev.wsss.train.provenance;

import org.jspecify.annotations.NullMarked;
