package dev.wsss.api.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Real photographs, weights and golden values beside the checkout ({@code ../shared}); never part
 * of it. Tests that need them skip where they are absent, unless {@code WSSS_REQUIRE_SHARED=true},
 * as in continuous integration.
 */
public final class SharedFiles {

  private SharedFiles() {}

  /**
   * The path of {@code name} below {@code ../shared}; skips the calling test where it is absent.
   */
  public static Path require(String name) {
    Path path = repository().resolveSibling("shared").resolve(name);
    if (!Files.exists(path)) {
      String message = "needs " + path + " (real data beside the checkout, see CONTRIBUTING.md)";
      if ("true".equals(System.getenv("WSSS_REQUIRE_SHARED"))) {
        throw new AssertionError(message);
      }
      Assumptions.abort(message);
    }
    return path;
  }

  /** The root of the checkout. */
  public static Path repository() {
    return Path.of(System.getProperty("wsss.repository", "..")).toAbsolutePath().normalize();
  }
}
