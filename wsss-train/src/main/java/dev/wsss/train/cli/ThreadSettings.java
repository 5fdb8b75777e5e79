package dev.wsss.train.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of OpenMP, whose threads run the tensor library's loops, that make this machine slow.
 * They are read from the environment as the process starts, so that a program cannot mend its own.
 */
final class ThreadSettings {
  /** Longer than this, in turns of a loop, an idle thread takes time from a second process. */
  private static final long LONG_SPIN = 100_000;

  private ThreadSettings() {}

  /** One line about the first setting that hurts, with its remedy; empty where none does. */
  static Optional<String> warning(Map<String, String> environment, int cores) {
    long threads = number(environment, "OMP_NUM_THREADS");
    if (threads > cores) {
      return Optional.of(
          "OMP_NUM_THREADS is "
              + threads
              + " on "
              + cores
              + " cores: threads wait for each other; unset it for one a core");
    }
    String binding = environment.getOrDefault("OMP_PROC_BIND", "false").toLowerCase(Locale.ROOT);
    if (!binding.equals("false")) {
      return Optional.of(
          "OMP_PROC_BIND is "
              + binding
              + ": two processes would be tied to the same cores; unset it");
    }
    if (spinsForLong(environment)) {
      return Optional.of(
          "idle threads spin for long (OMP_WAIT_POLICY, GOMP_SPINCOUNT), so two busy processes slow"
              + " each other many times over; start with OMP_WAIT_POLICY=passive GOMP_SPINCOUNT=1000");
    }
    return Optional.empty();
  }

  /** A count of turns overrides the policy; without either the library's own count is long. */
  private static boolean spinsForLong(Map<String, String> environment) {
    String count = environment.get("GOMP_SPINCOUNT");
    if (count != null) {
      // Anything but plain digits is "infinity" or has a suffix for thousands and more.
      return !count.trim().matches("\\d{1,9}") || Long.parseLong(count.trim()) > LONG_SPIN;
    }
    return !"passive".equalsIgnoreCase(environment.get("OMP_WAIT_POLICY"));
  }

  private static long number(Map<String, String> environment, String name) {
    try {
      return Long.parseLong(environment.getOrDefault(name, "0").trim());
    } catch (NumberFormatException e) {
      return 0; // such as "infinity", or a list of levels; the library judges it
    }
  }
}
