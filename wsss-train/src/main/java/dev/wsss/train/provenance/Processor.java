package dev.wsss.train.provenance;

import dev.wsss.api.tensor.CpuInfo;
import dev.wsss.api.tensor.HiddenCaches;
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
    return of(CpuInfo.here());
  }

  static Processor of(CpuInfo info) {
    Set<String> known = info.flags();
    String widest =
        BY_FLAG.stream()
            .filter(entry -> known.contains(entry.getKey()))
            .findFirst()
            .map(Map.Entry::getValue)
            .orElse("");
    return new Processor(
        info.value("model name"),
        info.limit()
            .filter(set -> !set.isEmpty())
            .map(set -> widest + ", " + HiddenCaches.LIMIT + "=" + set)
            .orElse(widest));
  }
}
