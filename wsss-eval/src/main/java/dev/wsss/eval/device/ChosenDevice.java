package dev.wsss.eval.device;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Where a run computes.
 *
 * @param gpu number of the GPU; empty for the CPU
 * @param line one line for people: what was taken, and where nobody decided against it, why not
 *     CUDA
 */
public record ChosenDevice(OptionalInt gpu, String line) {

  /**
   * Takes what was asked for.
   *
   * @param there asked only where it matters, since it may load a driver
   * @throws DeviceException if a GPU was asked for that is not there; says why, what is there and
   *     what to take
   */
  public static ChosenDevice of(DeviceChoice choice, Supplier<Cuda> there) {
    return switch (choice.kind()) {
      case CPU -> new ChosenDevice(OptionalInt.empty(), "device: cpu, as asked for");
      case AUTO -> {
        Cuda cuda = there.get();
        yield cuda.gpus().isEmpty()
            ? new ChosenDevice(OptionalInt.empty(), "device: cpu; no CUDA: " + cuda.whyNone())
            : on(cuda, 0);
      }
      case CUDA -> {
        Cuda cuda = there.get();
        if (choice.gpu() >= cuda.gpus().size()) {
          throw missing(choice, cuda);
        }
        yield on(cuda, choice.gpu());
      }
    };
  }

  /**
   * Takes what was asked for, and a GPU only where it has passed a trial.
   *
   * @param trial why a GPU cannot be used after all; empty where it can
   * @throws DeviceException as {@link #of(DeviceChoice, Supplier)} does, also where the GPU fails
   */
  public static ChosenDevice of(
      DeviceChoice choice, Supplier<Cuda> there, IntFunction<Optional<String>> trial) {
    ChosenDevice device = of(choice, there);
    if (device.gpu().isEmpty()) {
      return device;
    }
    Optional<String> failure = trial.apply(device.gpu().getAsInt());
    return failure.isEmpty()
        ? device
        : of(choice, () -> Cuda.none(device.name() + " fails: " + failure.get()));
  }

  private static ChosenDevice on(Cuda cuda, int gpu) {
    return new ChosenDevice(OptionalInt.of(gpu), "device: " + cuda.described(gpu));
  }

  private static DeviceException missing(DeviceChoice asked, Cuda cuda) {
    if (cuda.gpus().isEmpty()) {
      return new DeviceException(
          "device "
              + asked
              + " is not there: "
              + cuda.whyNone()
              + "; there is cpu; take cpu or auto");
    }
    int last = cuda.gpus().size() - 1;
    return new DeviceException(
        "device "
            + asked
            + " is not there; there "
            + (last == 0 ? "is " : "are ")
            + cuda.described()
            + " and cpu; take cuda:"
            + last);
  }

  /** {@code cpu} or {@code cuda:N}. */
  public String name() {
    return gpu.isPresent() ? "cuda:" + gpu.getAsInt() : "cpu";
  }
}
