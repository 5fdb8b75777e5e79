package dev.wsss.eval.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.io.File;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ONNX Runtime 1.29.0 reads its process's command line into too little memory and ends the process
 * without a word where that is longer than 4,000 characters, as class paths and lists of pictures
 * are.
 */
class CommandLineLengthTest {
  private static final int LONG = 20_000;

  @TempDir private Path temp;

  @Test
  void startsHoweverLongTheCommandLineIs() throws Exception {
    String classes =
        Stream.of(Start.class, OrtEnvironment.class)
            .map(c -> new File(c.getProtectionDomain().getCodeSource().getLocation().getPath()))
            .map(File::getPath)
            .collect(Collectors.joining(File.pathSeparator));
    File said = temp.resolve("said").toFile();

    int code =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes,
                Start.class.getName(),
                "x".repeat(isWindows() ? 0 : LONG))
            .redirectErrorStream(true)
            .redirectOutput(said)
            .start()
            .waitFor();

    assertThat(said).content().contains("started");
    assertThat(code).isZero();
  }

  /** Whose command lines are short. */
  private static boolean isWindows() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win");
  }

  /** Starts ONNX Runtime. */
  static final class Start {
    private Start() {}

    public static void main(String[] arguments) {
      OrtEnvironment.getEnvironment();
      System.out.println("started");
    }
  }
}
