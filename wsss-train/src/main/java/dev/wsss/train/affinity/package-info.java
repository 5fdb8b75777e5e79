/**
 * The affinity network (Ahn and Kwak 2018), which tells what pixels of a picture belong together:
 * start with {@link dev.wsss.train.affinity.AffinityTraining}. The walk that it guides is in {@code
 * dev.wsss.eval.refine.walk}.
 */
@NullMarked
package dev.wsss.train.affinity;

import org.jspecify.annotations.NullMarked;
