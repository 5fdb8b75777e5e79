package dev.wsss.backbones.kernel;

import dev.wsss.api.tensor.HiddenCaches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether the engine's convolutions compute with AVX-512. Which of several forms of a convolution
 * is faster depends on it.
 */
final class WideVectors {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Pattern FLAG =
      Pattern.compile("^flags\\s*:.*\\bavx512f\\b", Pattern.MULTILINE);

  /** Values of oneDNN's variable that do not forbid it. */
  private static final Pattern WIDE_LIMITS = Pattern.compile("ALL|DEFAULT|AVX512.*|AVX10.*");

  private static final boolean USED = onThisMachine();

  private WideVectors() {}

  /** Whether they are used here. */
  static boolean areUsed() {
    return USED;
  }

  private static boolean onThisMachine() {
    try {
      return !HiddenCaches.avoid()
          && areUsed(
              Files.readString(PROCESSORS), Optional.ofNullable(System.getenv(HiddenCaches.LIMIT)));
    } catch (IOException e) {
      return false; // no Linux: the forms that were measured without AVX-512
    }
  }

  /**
   * @param processors of {@code /proc/cpuinfo}
   * @param limit what oneDNN may use, by its environment variable
   */
  static boolean areUsed(String processors, Optional<String> limit) {
    return FLAG.matcher(processors).find()
        && limit.map(set -> set.toUpperCase(Locale.ROOT)).stream()
            .allMatch(set -> WIDE_LIMITS.matcher(set).matches());
  }
}
