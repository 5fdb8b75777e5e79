package dev.wsss.eval.coco;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Fills polygons as COCO's own tools do ({@code rleFrPoly} and {@code rleMerge} of pycocotools), to
 * the pixel: corners are rounded to fifths of a pixel, the outline is walked in these, and a column
 * of pixels changes from outside to inside where the outline crosses its middle. Pixels that lie in
 * any of the polygons are inside; where a polygon crosses itself, those that an odd number of
 * crossings lie above.
 *
 * <p>Memory follows the picture, whatever the polygons are.
 */
final class PolygonFill {
  /** Steps of a pixel in which outlines are walked. */
  static final int STEPS = 5;

  private final int width;
  private final int height;

  /** Places down the columns, from left to right, at which the polygon begins or ends. */
  private final BitSet crossings = new BitSet();

  private final BitSet inside = new BitSet();
  private boolean isStarted;
  private int lastX;
  private int lastY;

  PolygonFill(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** A coordinate in steps, as COCO's tools round it: towards zero, after a half was added. */
  static double inSteps(double pixels) {
    return STEPS * pixels + 0.5;
  }

  /** Walks an edge of the current polygon; coordinates are in steps. */
  void edge(int fromX, int fromY, int toX, int toY) {
    int across = Math.abs(toX - fromX);
    int down = Math.abs(toY - fromY);
    boolean isFlat = across >= down;
    // Edges are walked from left to right or top to bottom, so that both ways meet the same points.
    boolean isFlipped = isFlat ? fromX > toX : fromY > toY;
    int startX = isFlipped ? toX : fromX;
    int startY = isFlipped ? toY : fromY;
    int rise = (isFlipped ? fromY : toY) - startY;
    int run = (isFlipped ? fromX : toX) - startX;
    double slope = isFlat ? (double) rise / across : (double) run / down;
    int length = isFlat ? across : down;
    for (int step = 0; step <= length; step++) {
      int t = isFlipped ? length - step : step;
      if (isFlat) {
        point(startX + t, (int) (startY + slope * t + 0.5));
      } else {
        point((int) (startX + slope * t + 0.5), startY + t);
      }
    }
  }

  private void point(int x, int y) {
    if (isStarted && x != lastX) {
      double column = ((x < lastX ? x : x - 1) + 0.5) / STEPS - 0.5;
      if (Math.floor(column) == column && column >= 0 && column <= width - 1) {
        double row = (Math.min(y, lastY) + 0.5) / STEPS - 0.5;
        row = Math.ceil(Math.min(Math.max(row, 0), height));
        crossings.flip(((int) column) * height + (int) row);
      }
    }
    isStarted = true;
    lastX = x;
    lastY = y;
  }

  /** Ends the current polygon. */
  void close() {
    int pixels = width * height;
    int start = crossings.nextSetBit(0);
    while (start >= 0) {
      int end = crossings.nextSetBit(start + 1);
      inside.set(start, end < 0 ? pixels : end);
      start = end < 0 ? -1 : crossings.nextSetBit(end + 1);
    }
    crossings.clear();
    isStarted = false;
  }

  /** The pixels in all polygons so far. */
  Region region() {
    int pixels = width * height;
    int[] runs = new int[16];
    int count = 0;
    int at = 0;
    boolean isInside = false;
    while (at < pixels) {
      int next = isInside ? inside.nextClearBit(at) : inside.nextSetBit(at);
      int end = next < 0 ? pixels : Math.min(next, pixels);
      runs = count == runs.length ? Arrays.copyOf(runs, 2 * count) : runs;
      runs[count++] = end - at;
      at = end;
      isInside = !isInside;
    }
    return new Region(width, height, Arrays.copyOf(runs, count));
  }
}
