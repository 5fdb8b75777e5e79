package dev.wsss.api.testing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a graph that keeps borrowed memory give wrong gradients, here and now.
 *
 * <p>On the CPU an array made from Java values borrows a direct buffer. If its handle is closed
 * before backward, the buffer may be collected and its memory reused: a training run then goes
 * wrong once in a thousand steps, silently. Called between forward and backward, {@link #force()}
 * makes that happen at once. {@code dev.wsss.api.tensor.Constants} is the cure.
 */
public final class ReusedMemory {
  private static final int LARGEST = 4096;
  private static final int BUFFERS_A_SIZE = 500;
  private static final long CLEANERS_TURN_MILLIS = 50;

  private ReusedMemory() {}

  /** Collects what nobody holds and fills the memory that this frees with zeros. */
  public static void force() {
    System.gc();
    try {
      Thread.sleep(CLEANERS_TURN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<ByteBuffer> taken = new ArrayList<>();
    for (int size = Float.BYTES; size <= LARGEST; size *= 2) {
      for (int i = 0; i < BUFFERS_A_SIZE; i++) {
        taken.add(ByteBuffer.allocateDirect(size)); // zeros: in range where an index is read
      }
    }
    if (taken.isEmpty()) {
      throw new AssertionError("the buffers must stay until all are taken");
    }
  }
}
