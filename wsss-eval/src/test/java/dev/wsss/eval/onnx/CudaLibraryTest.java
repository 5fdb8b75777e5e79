package dev.wsss.eval.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CudaLibraryTest {
  @TempDir private Path temp;

  @Test
  @EnabledOnOs(OS.LINUX)
  void liesBesideTheLibraryThatWasLoaded() {
    assertThat(
            CudaLibrary.besideRuntime(
                Stream.of(
                    "7f10-7f20 r-xp 00000000 fe:00 12     /tmp/a b/libonnxruntime4j_jni.so",
                    "7f20-7f30 r--p 00000000 00:00 0 ",
                    "7f30-7f40 r-xp 00000000 fe:00 13     /tmp/a b/libonnxruntime.so")))
        .hasValue(Path.of("/tmp/a b/libonnxruntime_providers_cuda.so"));
    assertThat(CudaLibrary.besideRuntime(Stream.of("7f20-7f30 r--p 00000000 00:00 0 "))).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theProcessListsWhatItHasLoaded() throws IOException {
    OrtEnvironment.getEnvironment();
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      assertThat(CudaLibrary.besideRuntime(lines)).isPresent();
    }
  }

  @Test
  void theSystemsReasonIsGivenWithoutThePath() throws IOException {
    Path library = Files.writeString(temp.resolve("libbroken.so"), "no library");

    assertThat(CudaLibrary.failureOf(library).orElseThrow())
        .isNotBlank()
        .doesNotContain(temp.toString(), "\n");
  }
}
