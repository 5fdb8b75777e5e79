package dev.wsss.backbones.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Convolutions of all shapes that layers take give the right gradients, in a process of their own:
 * an engine that writes outside its memory ends that process, and this test names the shape.
 */
class ConvolutionGuardTest {
  private static final long MINUTES = 5;

  @TempDir Path folder;

  @Test
  void convolutionsOfEveryShapeFollowTheirDefinition() throws Exception {
    assertThat(run(ConvolutionGuard.class)).isEqualTo("exit 0 after: " + ConvolutionGuard.DONE);
  }

  @Test
  void aProcessThatEndsIsNamedByTheLastShape() throws Exception {
    assertThat(run(Ended.class)).isEqualTo("exit 134 after: the second shape");
  }

  private String run(Class<?> program) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName())
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    try {
      assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    // A process that dies may write a report, whose lines begin with #.
    List<String> lines =
        Files.readAllLines(out).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    return "exit %d after: %s".formatted(process.exitValue(), lines.get(lines.size() - 1));
  }

  /** Ends as a process does that the C library aborts. */
  static final class Ended {
    private Ended() {}

    public static void main(String[] arguments) {
      System.out.println("the first shape");
      System.out.println("the second shape");
      System.out.println("#\n# A fatal error");
      Runtime.getRuntime().halt(134);
    }
  }
}
