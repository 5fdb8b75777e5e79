/**
 * Where to compute, whatever library does it: {@link dev.wsss.eval.device.DeviceChoice} is what was
 * asked for, {@link dev.wsss.eval.device.Cuda} what there is, and {@link
 * dev.wsss.eval.device.ChosenDevice} what was taken. No class here needs a tensor library.
 */
@NullMarked
package dev.wsss.eval.device;

import org.jspecify.annotations.NullMarked;
