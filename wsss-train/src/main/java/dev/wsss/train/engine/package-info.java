/**
 * How the tensor library is started and on which device a run computes: {@link
 * dev.wsss.train.engine.TensorEngine}. No other package asks for a device or makes a manager of its
 * own; everything hangs below the run's.
 */
@NullMarked
package dev.wsss.train.engine;

import org.jspecify.annotations.NullMarked;
