package dev.wsss.eval.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxModel;
import dev.wsss.api.onnx.OnnxType;
import dev.wsss.api.onnx.OnnxValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentReferenceTest {
  private static final int PROCESSES = 3;

  @TempDir private Path temp;

  /** The private methods of ONNX Runtime's Java part are those of this version. */
  @Test
  void isCounted() throws OrtException {
    try (EnvironmentReference reference = EnvironmentReference.take()) {
      assertThat(reference.isCounted()).isTrue();
    }
  }

  /** Without a reference, the first operator that failed then ended the process. */
  @Test
  void anOpenModelWorksWhileTheJvmShutsDown() throws Exception {
    Path model = failsForOtherSizes(temp.resolve("model.onnx"));
    for (int i = 0; i < PROCESSES; i++) {
      Path said = temp.resolve("said" + i);
      ProcessBuilder builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  LateRuns.class.getName(),
                  model.toString())
              .directory(temp.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile());
      // glibc then overwrites what is freed, so that reading it cannot pass unnoticed.
      builder.environment().put("MALLOC_PERTURB_", "165");

      int code = builder.start().waitFor();

      assertThat(said).content().contains("all worked");
      assertThat(code).isEqualTo(7);
    }
    try (Stream<Path> files = Files.list(temp)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("no report of a crash")
          .noneMatch(name -> name.startsWith("hs_err"));
    }
  }

  private static Path failsForOtherSizes(Path file) throws IOException {
    OnnxGraph graph = OnnxGraph.empty();
    OnnxValue pixels = graph.input("pixels", OnnxType.FLOAT, "N", "3", "H", "W");
    OnnxValue maps = graph.node("Reshape", List.of(pixels, graph.integers(1, 3, 8, 8)));
    OnnxValue logits =
        graph.node(
            "ReduceMean",
            List.of(maps),
            OnnxAttribute.list("axes", 2, 3),
            OnnxAttribute.of("keepdims", 0));
    graph.output("maps", maps, OnnxType.FLOAT, "N", "3", "h", "w");
    graph.output("logits", logits, OnnxType.FLOAT, "N", "3");
    try (OutputStream out = Files.newOutputStream(file)) {
      new OnnxModel(graph, "test", SmallModel.texts()).writeTo(out);
    }
    return file;
  }
}
