package dev.wsss.train.threads;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of OpenMP, whose threads run the tensor library's loops, that make this machine slow.
 * They are read from the environment as the process starts, so that a program cannot mend its own.
 */
public final class ThreadSettings {
  private ThreadSettings() {}

  /** One line about the first setting that hurts, with its remedy; empty where none does. */
  public static Optional<String> warning(Map<String, String> environment, int cores) {
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
    if ("passive".equalsIgnoreCase(environment.get("OMP_WAIT_POLICY"))
        && environment.getOrDefault("GOMP_SPINCOUNT", "0").trim().equals("0")) {
      return Optional.of(
          "OMP_WAIT_POLICY is passive: threads sleep between operations, which costs a tenth to a"
              + " quarter of the speed where nothing else runs; unset it, they sleep anyway while the"
              + " machine is shared");
    }
    return Optional.empty();
  }

  private static long number(Map<String, String> environment, String name) {
    try {
      return Long.parseLong(environment.getOrDefault(name, "0").trim());
    } catch (NumberFormatException e) {
      return 0; // such as "infinity", or a list of levels; the library judges it
    }
  }
}
