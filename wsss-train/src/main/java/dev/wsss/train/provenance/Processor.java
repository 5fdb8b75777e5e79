package dev.wsss.train.provenance;

import dev.wsss.api.tensor.HiddenCaches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The processor that a run is computed on.
 *
 * @param model as the system calls it; empty where it does not say
 * @param instructions its widest vector instructions, such as {@code AVX-512}; empty likewise
 */
record Processor(String model, String instructions) {
  private static final Path LINUX = Path.of("/proc/cpuinfo");

  /** Flags that Linux lists, the widest instructions first. */
  private static final List<Map.Entry<String, String>> BY_FLAG =
      List.of(
          Map.entry("avx512f", "AVX-512"),
          Map.entry("avx2", "AVX2"),
          Map.entry("avx", "AVX"),
          Map.entry("sse4_2", "SSE4.2"),
          Map.entry("sve", "SVE"),
          Map.entry("asimd", "NEON"));

  /** That of this machine. */
  static Processor here() {
    try {
      return of(Files.readAllLines(LINUX), System.getenv());
    } catch (IOException e) {
      return new Processor("", "");
    }
  }

  /**
   * @param lines of {@code /proc/cpuinfo}
   * @param environment in which the tensor library may be told to use narrower instructions
   */
  static Processor of(List<String> lines, Map<String, String> environment) {
    String flags = value(lines, "flags");
    Set<String> known =
        new HashSet<>(
            Arrays.asList((flags.isEmpty() ? value(lines, "Features") : flags).split(" +")));
    String widest =
        BY_FLAG.stream()
            .filter(entry -> known.contains(entry.getKey()))
            .findFirst()
            .map(Map.Entry::getValue)
            .orElse("");
    String limit = environment.getOrDefault(HiddenCaches.LIMIT, "");
    return new Processor(
        value(lines, "model name"),
        limit.isEmpty() ? widest : widest + ", " + HiddenCaches.LIMIT + "=" + limit);
  }

  /** The value of the first line with this key. */
  private static String value(List<String> lines, String key) {
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).strip().equals(key)) {
        return line.substring(colon + 1).strip();
      }
    }
    return "";
  }
}
