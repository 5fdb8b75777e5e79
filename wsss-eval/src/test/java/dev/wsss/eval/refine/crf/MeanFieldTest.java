package dev.wsss.eval.refine.crf;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.wsss.api.data.RgbImage;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeanFieldTest {
  private static final int WIDTH = 90;
  private static final int HEIGHT = 70;
  private static final MeanField.Unary UNCHANGED = (planes, from, to) -> {};

  private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  @ParameterizedTest
  @ValueSource(ints = {2, 7})
  void iterationsAllocateNothing(int labels) {
    MeanField field = new MeanField(1);
    byte[] rgb = new byte[3 * WIDTH * HEIGHT];
    new Random(5).nextBytes(rgb);
    RgbImage picture = new RgbImage(WIDTH, HEIGHT, rgb);
    for (int turn = 0; turn < 3; turn++) { // until classes are loaded and memory is kept
      allocated(field, picture, labels, 2);
    }
    long few = allocated(field, picture, labels, 2);
    long many = allocated(field, picture, labels, 102);
    // Java itself may take some bytes once; the smallest object in every iteration is 16.
    assertThat((many - few) / 100).as("%s and %s bytes", few, many).isLessThan(16);
  }

  /** Bytes on the heap that a run takes. */
  private long allocated(MeanField field, RgbImage picture, int labels, int iterations) {
    float[] planes = new float[labels * WIDTH * HEIGHT];
    Random random = new Random(6);
    for (int i = 0; i < planes.length; i++) {
      planes[i] = 0.1f + random.nextFloat();
    }
    MeanField.Terms terms = new MeanField.Terms(iterations, 3, 3, 80, 13, 10);
    long before = threads.getCurrentThreadAllocatedBytes();
    field.run(picture, planes, UNCHANGED, terms);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
