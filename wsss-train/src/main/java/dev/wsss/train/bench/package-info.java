/**
 * Times of whole steps and of CAM inference on this machine: {@link dev.wsss.train.bench.StepBench}
 * and {@link dev.wsss.train.bench.CamBench}, on random pictures and random weights, since neither
 * changes what is computed.
 */
@NullMarked
package dev.wsss.train.bench;

import org.jspecify.annotations.NullMarked;
