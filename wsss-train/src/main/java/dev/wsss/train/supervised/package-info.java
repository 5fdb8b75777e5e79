/**
 * Training from masks, for the stages after class activation maps: a network is a {@link
 * dev.wsss.train.supervised.MaskLearner}, {@link dev.wsss.train.supervised.SupervisedTraining}
 * trains it.
 */
@NullMarked
package dev.wsss.train.supervised;

import org.jspecify.annotations.NullMarked;
