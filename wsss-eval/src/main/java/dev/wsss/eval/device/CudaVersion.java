package dev.wsss.eval.device;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of CUDA, such as 12.8. */
public record CudaVersion(int major, int minor) {
  private static final Pattern FLAVOUR = Pattern.compile("(?:.*-)?cu(\\d{2})(\\d)(?:-.*)?");

  /** As the driver writes it: 12040 is 12.4. */
  public static CudaVersion of(int number) {
    return new CudaVersion(number / 1000, number % 1000 / 10);
  }

  /** Of a build's name: {@code cu128}, or {@code 2.7.1-cu128-linux-x86_64}. */
  public static Optional<CudaVersion> ofFlavour(String name) {
    Matcher matcher = FLAVOUR.matcher(name);
    return matcher.matches()
        ? Optional.of(
            new CudaVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
