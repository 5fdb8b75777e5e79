package dev.wsss.eval.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OnnxEnvironmentTest {

  /** Makes the environment in a process of its own. */
  static final class Starter {
    public static void main(String[] arguments) {
      System.out.println(OnnxEnvironment.get().getVersion());
    }
  }

  /** Without a stack of its own, the process ends with a segmentation fault. */
  @ParameterizedTest
  @ValueSource(ints = {10, 100_000})
  void aLongCommandLineDoesNotEndTheProcess(int length) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName(),
                "x".repeat(length))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(said).isEqualTo(OnnxEnvironment.get().getVersion() + "\n");
  }

  @Test
  void thereIsOne() {
    assertThat(OnnxEnvironment.get()).isSameAs(OnnxEnvironment.get());
  }
}
