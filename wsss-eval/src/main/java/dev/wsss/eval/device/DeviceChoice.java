package dev.wsss.eval.device;

import dev.wsss.api.config.Spelling;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to compute, as it was asked for: {@code auto}, {@code cpu} or {@code cuda:N}.
 *
 * @param gpu number of the GPU from 0, as CUDA counts them; 0 where none was asked for
 */
public record DeviceChoice(Kind kind, int gpu) {
  /** The first GPU where CUDA can be used, else the CPU. */
  public static final DeviceChoice AUTO = new DeviceChoice(Kind.AUTO, 0);

  /** The CPU, whatever else there is. */
  public static final DeviceChoice CPU = new DeviceChoice(Kind.CPU, 0);

  private static final Pattern CUDA = Pattern.compile("cuda:(0|[1-9]\\d{0,2})");

  /** What people write for a GPU elsewhere. */
  private static final Pattern LIKE_CUDA =
      Pattern.compile("(?:gpu|cuda|nvidia)[\\s:._-]*(\\d{0,3})|(\\d{1,3})");

  /** The three kinds. */
  public enum Kind {
    /** What there is. */
    AUTO,
    /** The processor. */
    CPU,
    /** One GPU of NVIDIA. */
    CUDA
  }

  /**
   * Reads a choice.
   *
   * @throws IllegalArgumentException with what is allowed and the nearest choice
   */
  public static DeviceChoice parse(String text) {
    Matcher cuda = CUDA.matcher(text);
    if (cuda.matches()) {
      return cuda(Integer.parseInt(cuda.group(1)));
    }
    return switch (text) {
      case "auto" -> AUTO;
      case "cpu" -> CPU;
      default ->
          throw new IllegalArgumentException(
              "device is '"
                  + text
                  + "'; allowed are auto, cpu and cuda:N, such as cuda:0"
                  + nearest(text).map(name -> "; did you mean '" + name + "'?").orElse(""));
    };
  }

  /** The GPU of a number. */
  public static DeviceChoice cuda(int gpu) {
    return new DeviceChoice(Kind.CUDA, gpu);
  }

  private static Optional<String> nearest(String text) {
    Matcher like = LIKE_CUDA.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (like.matches()) {
      String digits = like.group(1) == null ? like.group(2) : like.group(1);
      return Optional.of("cuda:" + (digits.isEmpty() ? 0 : Integer.parseInt(digits)));
    }
    return Spelling.nearest(text, List.of("auto", "cpu", "cuda:0"));
  }

  /** As it is written. */
  @Override
  public String toString() {
    return kind == Kind.CUDA ? "cuda:" + gpu : kind.name().toLowerCase(Locale.ROOT);
  }
}
