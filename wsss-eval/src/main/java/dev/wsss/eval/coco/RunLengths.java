package dev.wsss.eval.coco;

import dev.wsss.api.data.IndexMask;
import java.util.Arrays;

/**
 * COCO's run lengths of one class in a mask: down the columns, from left to right, pixels that are
 * not of the class and pixels that are, in turn, the first run of those that are not.
 */
final class RunLengths {
  private static final int BITS = 5;
  private static final int MORE = 0x20;
  private static final int FIRST_LETTER = 48;

  private RunLengths() {}

  /** The lengths of all runs; their sum is the number of pixels. */
  static int[] of(IndexMask mask, int index) {
    int[] runs = new int[16];
    int count = 0;
    boolean inside = false;
    int length = 0;
    for (int x = 0; x < mask.width(); x++) {
      for (int y = 0; y < mask.height(); y++) {
        if (mask.at(x, y) == index != inside) {
          runs = count == runs.length ? Arrays.copyOf(runs, 2 * count) : runs;
          runs[count++] = length;
          inside = !inside;
          length = 0;
        }
        length++;
      }
    }
    runs = Arrays.copyOf(runs, count + 1);
    runs[count] = length;
    return runs;
  }

  /**
   * The lengths as COCO's tools pack them into a string: from the fourth on the difference to the
   * length two before, in groups of five bits, the lowest first, with a sixth bit where more
   * follow, as the characters from 48 on.
   */
  static String packed(int[] runs) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < runs.length; i++) {
      int value = i > 2 ? runs[i] - runs[i - 2] : runs[i];
      boolean more = true;
      while (more) {
        int group = value & (MORE - 1);
        value >>= BITS;
        // Whether the sign can be read off the group's highest bit.
        more = (group & 0x10) != 0 ? value != -1 : value != 0;
        text.append((char) ((more ? group | MORE : group) + FIRST_LETTER));
      }
    }
    return text.toString();
  }

  /**
   * The lengths in a string that COCO's tools packed.
   *
   * @throws IllegalArgumentException saying what is wrong where
   */
  static int[] unpacked(String text) {
    int[] runs = new int[16];
    int count = 0;
    for (int at = 0; at < text.length(); count++) {
      long value = 0;
      int bits = 0;
      int letter;
      do {
        if (at == text.length()) {
          throw new IllegalArgumentException("the counts end in the middle of a number");
        }
        letter = text.charAt(at) - FIRST_LETTER;
        if (letter < 0 || letter >= 2 * MORE) {
          throw new IllegalArgumentException(
              "the counts hold '%c' at place %d; allowed are the characters '0' to 'o'"
                  .formatted(text.charAt(at), at));
        }
        value |= (long) (letter & (MORE - 1)) << bits;
        bits += BITS;
        at++;
      } while ((letter & MORE) != 0 && bits <= Integer.SIZE);
      if ((letter & 0x10) != 0) {
        value |= -1L << bits;
      }
      value += count > 2 ? runs[count - 2] : 0;
      if ((letter & MORE) != 0 || value < 0 || value > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "run %d, which ends at place %d of the counts, is no length".formatted(count, at - 1));
      }
      runs = count == runs.length ? Arrays.copyOf(runs, 2 * count) : runs;
      runs[count] = (int) value;
    }
    return Arrays.copyOf(runs, count);
  }
}
