package dev.wsss.eval.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * ONNX Runtime's environment, one a process.
 *
 * <p>When it is made, ONNX Runtime 1.29 reads the command line of the process and recurses for
 * every character of it: 4,000 characters, a class path of 40 jars, overflow the usual stack of 1
 * MiB, which ends the process without a word. So it is made on a stack that is large enough.
 */
final class OnnxEnvironment {
  /** Twice what was seen. Only what is used takes memory. */
  private static final long STACK_BYTES_PER_CHARACTER = 512;

  private static final long OTHER_STACK_BYTES = 1 << 20;

  private OnnxEnvironment() {}

  /** Makes it at the first call. */
  static OrtEnvironment get() {
    CompletableFuture<OrtEnvironment> made = new CompletableFuture<>();
    Runnable work =
        () -> {
          try {
            made.complete(OrtEnvironment.getEnvironment());
          } catch (RuntimeException | Error e) {
            made.completeExceptionally(e);
          }
        };
    long stack = OTHER_STACK_BYTES + STACK_BYTES_PER_CHARACTER * commandLine();
    Thread thread = new Thread(null, work, "ONNX Runtime's start", stack);
    thread.setDaemon(true);
    thread.start();
    try {
      return made.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  /** Its length; 0 where the system does not say. */
  private static int commandLine() {
    try {
      return Files.readAllBytes(Path.of("/proc/self/cmdline")).length;
    } catch (IOException e) {
      return 0;
    }
  }
}
