package dev.wsss.eval.coco;

import dev.wsss.api.data.IndexMask;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Some pixels of a picture.
 *
 * @param runs lengths down the columns, from left to right: pixels outside and inside in turn,
 *     those outside first; their sum is the number of the picture's pixels
 */
@SuppressWarnings("ArrayRecordComponent") // a value by reference: regions are never compared
public record Region(int width, int height, int[] runs) {

  public Region {
    long sum = 0;
    for (int run : runs) {
      if (run < 0) {
        throw new IllegalArgumentException("a run of " + run + " pixels");
      }
      sum += run;
    }
    if (sum != (long) width * height) {
      throw new IllegalArgumentException(
          "the runs are of %d pixels together; %d×%d has %d"
              .formatted(sum, width, height, (long) width * height));
    }
  }

  /** The regions of the values 1 to 255 of a mask that are in it, in that order. */
  public static List<Region> of(IndexMask mask) {
    boolean[] seen = new boolean[256];
    for (byte value : mask.indices()) {
      seen[value & 0xff] = true;
    }
    List<Region> regions = new ArrayList<>();
    for (int value = 1; value < seen.length; value++) {
      if (seen[value]) {
        regions.add(new Region(mask.width(), mask.height(), RunLengths.of(mask, value)));
      }
    }
    return regions;
  }

  /** How many pixels are inside. */
  public int area() {
    int area = 0;
    for (int i = 1; i < runs.length; i += 2) {
      area += runs[i];
    }
    return area;
  }

  /** Calls with y·W + x of each pixel inside. */
  public void forEach(IntConsumer pixel) {
    int at = 0;
    for (int i = 0; i < runs.length; i++) {
      int end = at + runs[i];
      for (; i % 2 == 1 && at < end; at++) {
        pixel.accept(at % height * width + at / height);
      }
      at = end;
    }
  }
}
