package dev.wsss.eval.device;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What of CUDA one library can use here.
 *
 * @param gpus names by number; empty where there are none
 * @param whyNone why there are none, as a phrase without full stop; empty where there are some
 */
public record Cuda(List<String> gpus, String whyNone) {

  public Cuda {
    gpus = List.copyOf(gpus);
    if (gpus.isEmpty() == whyNone.isEmpty()) {
      throw new IllegalArgumentException("give either GPUs or a reason: " + gpus + ", " + whyNone);
    }
  }

  /** At least one GPU. */
  public static Cuda of(List<String> gpus) {
    return new Cuda(gpus, "");
  }

  /** No GPU that can be used. */
  public static Cuda none(String why) {
    return new Cuda(List.of(), why);
  }

  /** A GPU with its name, such as {@code cuda:0 (NVIDIA A10)}. */
  String described(int gpu) {
    return "cuda:" + gpu + " (" + gpus.get(gpu) + ")";
  }

  /** All of them. */
  String described() {
    return IntStream.range(0, gpus.size())
        .mapToObj(this::described)
        .collect(Collectors.joining(", "));
  }
}
