package dev.wsss.train.provenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory this process ever held, Java's heap and the tensors together. */
public final class PeakMemory {

  private PeakMemory() {}

  /** In MiB; 0 where the system does not say, that is, not on Linux. */
  public static long mebibytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
