package dev.wsss.eval.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OnnxOptionsTest {

  @Test
  void noThreadSpins() throws OrtException {
    try (OrtSession.SessionOptions options = OnnxOptions.on(OptionalInt.empty())) {
      assertThat(options.getConfigEntries())
          .isEqualTo(
              Map.of(
                  "session.intra_op.allow_spinning", "0", "session.inter_op.allow_spinning", "0"));
    }
  }

  @Test
  void aGpuIsAskedFor() {
    assumeThat(OrtEnvironment.getAvailableProviders()).doesNotContain(OrtProvider.CUDA);

    assertThatThrownBy(() -> OnnxOptions.on(OptionalInt.of(0)))
        .isInstanceOf(OrtException.class)
        .hasMessageContaining("CUDA");
  }
}
