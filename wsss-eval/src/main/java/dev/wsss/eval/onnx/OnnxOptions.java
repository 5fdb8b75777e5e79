package dev.wsss.eval.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** How every session of ONNX Runtime computes. */
final class OnnxOptions {

  private OnnxOptions() {}

  /**
   * Options of a session; they must outlive it.
   *
   * @param gpu its number; empty for the CPU
   * @throws OrtException if ONNX Runtime has no part for CUDA here, or cannot load it
   */
  static SessionOptions on(OptionalInt gpu) throws OrtException {
    SessionOptions options = new SessionOptions();
    try {
      // Idle threads that spin would slow the other threads of the program down, libtorch's first.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.addConfigEntry("session.inter_op.allow_spinning", "0");
      // A plan of memory is kept for each size of a picture, and there are many: a sixth more
      // memory.
      options.setMemoryPatternOptimization(false);
      if (gpu.isPresent()) {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(gpu.getAsInt())) {
          for (Map.Entry<String, String> option : forPictures().entrySet()) {
            cuda.add(option.getKey(), option.getValue());
          }
          options.addCUDA(cuda);
        }
      }
      return options;
    } catch (OrtException | RuntimeException e) {
      options.close();
      throw e;
    }
  }

  /**
   * By default every convolution is timed in all ways it can be done whenever pixels of another
   * size come, as pictures have them; and multiplies with 10 bits of precision where the GPU can,
   * so that scores would differ from the CPU's, on which the thresholds may have been chosen.
   */
  private static Map<String, String> forPictures() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("cudnn_conv_algo_search", "HEURISTIC");
    options.put("use_tf32", "0");
    return options;
  }
}
