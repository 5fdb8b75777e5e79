package dev.wsss.eval.coco;

import dev.wsss.api.data.IndexMask;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The outlines of a class's regions in a mask, along the edges of pixels.
 *
 * <p>Pixels that touch at a corner only belong to different regions. COCO's polygons know no holes:
 * those of a region are filled.
 */
final class Outlines {
  private static final int[] DX = {1, 0, -1, 0};
  private static final int[] DY = {0, 1, 0, -1};

  private final IndexMask mask;
  private final int index;

  /** Pixels whose upper edge was walked along. */
  private final BitSet walked = new BitSet();

  private Outlines(IndexMask mask, int index) {
    this.mask = mask;
    this.index = index;
  }

  /**
   * One outline, clockwise.
   *
   * @param corners x and y in turn, in pixels from the upper left corner of the picture
   * @param area within, in pixels
   */
  record Outline(List<Integer> corners, long area) {}

  /** A region an outline, by their topmost, then leftmost pixels. */
  static List<Outline> of(IndexMask mask, int index) {
    Outlines outlines = new Outlines(mask, index);
    List<Outline> found = new ArrayList<>();
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (outlines.isUpperEdge(x, y) && !outlines.walked.get(y * mask.width() + x)) {
          Outline outline = outlines.walk(x, y);
          if (outline.area() > 0) { // that of a hole is walked the other way round
            found.add(outline);
          }
        }
      }
    }
    return found;
  }

  private boolean isUpperEdge(int x, int y) {
    return isInside(x, y) && !isInside(x, y - 1);
  }

  private boolean isInside(int x, int y) {
    return x >= 0 && y >= 0 && x < mask.width() && y < mask.height() && mask.at(x, y) == index;
  }

  /** Walks with the region on the right hand, from the left end of a pixel's upper edge. */
  private Outline walk(int startX, int startY) {
    List<Integer> corners = new ArrayList<>();
    int x = startX;
    int y = startY;
    int direction = 0;
    long twice = 0;
    do {
      if (direction == 0) {
        walked.set(y * mask.width() + x);
      }
      int toX = x + DX[direction];
      int toY = y + DY[direction];
      twice += (long) x * toY - (long) toX * y;
      x = toX;
      y = toY;
      int turned = turn(x, y, direction);
      if (turned != direction) {
        corners.add(x);
        corners.add(y);
      }
      direction = turned;
    } while (x != startX || y != startY || direction != 0);
    return new Outline(List.copyOf(corners), twice / 2);
  }

  /** The direction after a corner: right where the pixel ahead on the right is not inside. */
  private int turn(int x, int y, int direction) {
    if (!isInside(aheadX(x, direction, 1), aheadY(y, direction, 1))) {
      return (direction + 1) % 4;
    }
    return isInside(aheadX(x, direction, -1), aheadY(y, direction, -1))
        ? (direction + 3) % 4
        : direction;
  }

  /** Column of the pixel ahead of a corner, on the right (1) or the left (−1). */
  private static int aheadX(int x, int direction, int side) {
    return x + (DX[direction] - side * DY[direction] < 0 ? -1 : 0);
  }

  private static int aheadY(int y, int direction, int side) {
    return y + (DY[direction] + side * DX[direction] < 0 ? -1 : 0);
  }
}
