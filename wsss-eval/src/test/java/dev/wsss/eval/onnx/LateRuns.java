package dev.wsss.eval.onnx;

import dev.wsss.api.inference.PixelBatch;
import dev.wsss.eval.device.DeviceChoice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A program whose shutdown waits for work with a model, as servers do. */
final class LateRuns {
  private static final long HOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int SIDE = 8;

  private LateRuns() {}

  /** Takes a model whose pictures are 8×8 and that fails, and logs so, for other sizes. */
  public static void main(String[] files) {
    Path model = Path.of(files[0]);
    OnnxSession session = OnnxSession.open(model, DeviceChoice.CPU);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> work(session, model)));
    System.exit(7);
  }

  /** Longer than ONNX Runtime's own hook, which runs at the same time, can take. */
  private static void work(OnnxSession session, Path model) {
    int failures = 0;
    int maps = 0;
    int opened = 0;
    long end = System.nanoTime() + HOOK_NANOS;
    while (System.nanoTime() < end) {
      maps += session.run(pixels(SIDE), false).count();
      try {
        session.run(pixels(SIDE / 2), false);
      } catch (IllegalStateException e) {
        failures++;
      }
      OnnxSession.open(model, DeviceChoice.CPU).close();
      opened++;
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    session.close();
    System.out.println(
        maps == failures && maps == opened && maps > 0 ? "all worked" : "not all worked");
  }

  private static PixelBatch pixels(int side) {
    return new PixelBatch(
        1,
        side,
        side,
        ByteBuffer.allocateDirect(3 * side * side * Float.BYTES).order(ByteOrder.nativeOrder()));
  }
}
