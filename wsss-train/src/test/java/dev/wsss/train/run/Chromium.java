package dev.wsss.train.run;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;

/**
 * A browser without a window. Tests that need it skip where there is none, unless {@code
 * WSSS_REQUIRE_CHROMIUM=true}, as in continuous integration.
 */
final class Chromium {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private final Path program;

  private Chromium(Path program) {
    this.program = program;
  }

  /** The first one on the path; skips the calling test where there is none. */
  static Chromium require() {
    Optional<Path> program =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isEmpty()) {
      String message = "needs one of " + NAMES + " on the path (Debian's package chromium)";
      if ("true".equals(System.getenv("WSSS_REQUIRE_CHROMIUM"))) {
        throw new AssertionError(message);
      }
      Assumptions.abort(message);
    }
    return new Chromium(program.orElseThrow());
  }

  /** What a page looks like in a window of a size, in a light or a dark system. */
  BufferedImage look(Path page, int width, int height, boolean dark) throws IOException {
    Path folder = Files.createTempDirectory("chromium");
    Path picture = folder.resolve("page.png");
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox", // a root user may not have one, and the page is our own
                "--disable-gpu",
                "--hide-scrollbars",
                "--user-data-dir=" + folder.resolve("profile"),
                "--window-size=" + width + "," + height,
                "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1),
                "--screenshot=" + picture,
                page.toUri().toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || !Files.exists(picture)) {
        throw new AssertionError("no picture of the page: " + Files.readString(log));
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      process.destroyForcibly();
    }
    return ImageIO.read(picture.toFile());
  }
}
