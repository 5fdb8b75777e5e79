package dev.wsss.eval.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OnnxTrialTest {

  private static String reason(String message) {
    return OnnxTrial.reason(new OrtException(OrtException.OrtErrorCode.ORT_FAIL, message));
  }

  /** What is tried on GPUs comes out right where there is nothing to go wrong. */
  @Test
  void theCpuPasses() throws OrtException {
    try (OrtSession.SessionOptions options = OnnxOptions.on(OptionalInt.empty())) {
      assertThat(OnnxTrial.failure(options)).isEmpty();
    }
  }

  /** So that no CPU passes in the place of a GPU. */
  @Test
  void aCpuThatMayNotHelpFails() throws OrtException {
    try (OrtSession.SessionOptions options = OnnxOptions.on(OptionalInt.empty())) {
      options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
      assertThatThrownBy(() -> OnnxTrial.failure(options))
          .isInstanceOf(OrtException.class)
          .hasMessageContaining("fallback to CPU EP has been explicitly disabled");
    }
  }

  @Test
  void aLibraryForCpusFailsInOneLine() {
    assumeThat(OrtEnvironment.getAvailableProviders()).doesNotContain(OrtProvider.CUDA);

    assertThat(OnnxTrial.failureOn(0)).hasValue("Failed to find CUDA shared provider");
  }

  @Test
  void saysWhatTheLibrarySays() {
    assertThat(
            reason(
                "/onnxruntime_src/onnxruntime/core/providers/cuda/cuda_call.cc:122 void"
                    + " onnxruntime::CudaCall(ERRTYPE, const char*) [with ERRTYPE = cudaError; bool"
                    + " THRW = true] CUDA failure 35: CUDA driver version is insufficient for CUDA"
                    + " runtime version ; GPU=-1 ; hostname=a ;"
                    + " file=/onnxruntime_src/cuda_execution_provider.cc ; line=336 ;"
                    + " expr=cudaSetDevice(info_.device_id); \n"))
        .isEqualTo("CUDA driver version is insufficient for CUDA runtime version (35)");
    assertThat(
            reason(
                "CUDNN failure 1001: CUDNN_STATUS_NOT_INITIALIZED ; GPU=0 ; hostname=a ; expr=b;"))
        .isEqualTo("CUDNN_STATUS_NOT_INITIALIZED (1001)");
    assertThat(reason("Failed to load shared library\n  at a\n"))
        .isEqualTo("Failed to load shared library");
    assertThat(reason("")).isEqualTo("it says nothing");
  }
}
