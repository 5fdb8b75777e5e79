package dev.wsss.eval.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * ONNX Runtime's library for CUDA. ONNX Runtime unpacks and loads it; where that fails, its
 * exception does not say which library of CUDA is missing, but the system does when it is asked
 * once more.
 */
final class CudaLibrary {
  private static final String RUNTIME = "/libonnxruntime.so";
  private static final String CUDA = "libonnxruntime_providers_cuda.so";

  /** Where Linux lists the libraries of this process. */
  private static final Path LOADED = Path.of("/proc/self/maps");

  private CudaLibrary() {}

  /** Why it cannot be loaded, in one line; empty where it can, or where nobody knows. */
  static Optional<String> failure() {
    if (!Files.isReadable(LOADED)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(LOADED)) {
      return besideRuntime(lines).filter(Files::exists).flatMap(CudaLibrary::failureOf);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The library for CUDA in the folder that ONNX Runtime itself was loaded from.
   *
   * @param loaded lines such as {@code 7f00-7f01 r-xp 00 fe:00 12 /tmp/a/libonnxruntime.so}
   */
  static Optional<Path> besideRuntime(Stream<String> loaded) {
    return loaded
        .filter(line -> line.endsWith(RUNTIME))
        .map(line -> Path.of(line.substring(line.indexOf('/'))).resolveSibling(CUDA))
        .findFirst();
  }

  /** Why a library cannot be loaded. */
  static Optional<String> failureOf(Path library) {
    try {
      System.load(library.toString());
      return Optional.empty();
    } catch (UnsatisfiedLinkError e) {
      String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      // Java names the file, and so does the system where the file itself is wrong.
      return Optional.of(said.replace(library + ": ", ""));
    }
  }
}
