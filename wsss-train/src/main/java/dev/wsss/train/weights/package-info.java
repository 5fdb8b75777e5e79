/**
 * Published weights: {@link dev.wsss.train.weights.Catalogue} knows addresses and checksums, {@link
 * dev.wsss.train.weights.Download} fetches a file and checks it.
 */
@NullMarked
package dev.wsss.train.weights;

import org.jspecify.annotations.NullMarked;
