package dev.wsss.api.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What this machine's processor can do, and what of it the engine's convolutions may use.
 *
 * @param lines of Linux's {@code /proc/cpuinfo}; none on another system
 * @param limit oneDNN's own, {@link HiddenCaches#LIMIT} of the environment
 */
public record CpuInfo(List<String> lines, Optional<String> limit) {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** Limits that leave AVX-512, and those that leave its instructions for bfloat16 too. */
  private static final Pattern WIDE = Pattern.compile("ALL|DEFAULT|AVX512.*|AVX10.*");

  private static final Pattern BFLOAT16 =
      Pattern.compile("ALL|DEFAULT|AVX512_CORE_(BF16|FP16|AMX.*)|AVX10.*");

  /** That of this machine. */
  public static CpuInfo here() {
    Optional<String> limit = Optional.ofNullable(System.getenv(HiddenCaches.LIMIT));
    try {
      return new CpuInfo(Files.readAllLines(PROCESSORS), limit);
    } catch (IOException e) {
      return new CpuInfo(List.of(), limit); // no Linux
    }
  }

  /** The value of the first line with this key, such as {@code model name}; empty without one. */
  public String value(String key) {
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).strip().equals(key)) {
        return line.substring(colon + 1).strip();
      }
    }
    return "";
  }

  /** The processor's instructions, by Linux's names, such as {@code avx2}. */
  public Set<String> flags() {
    String flags = value("flags");
    return Set.copyOf(Arrays.asList((flags.isEmpty() ? value("Features") : flags).split(" +")));
  }

  /** Whether convolutions run with AVX-512. */
  public boolean isWide() {
    return flags().contains("avx512f") && allows(WIDE);
  }

  /** Whether products of bfloat16 are one instruction, by AMX or AVX-512, and not several. */
  public boolean multipliesBfloat16() {
    Set<String> flags = flags();
    return (flags.contains("amx_bf16") || flags.contains("avx512_bf16")) && allows(BFLOAT16);
  }

  private boolean allows(Pattern limits) {
    return limit.stream().allMatch(set -> limits.matcher(set.toUpperCase(Locale.ROOT)).matches());
  }
}
