package dev.wsss.eval.predict;

import dev.wsss.api.data.RgbImage;
import dev.wsss.eval.cam.CamInference;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Activations of a large picture, put together from overlapping parts.
 *
 * <p>They are kept on a grid of cells of {@value #CELL}×{@value #CELL} pixels, finer than any
 * network's own: at full size the maps of a few classes would be larger than the picture many
 * times. Parts at the right and the lower edge repeat the last column or row up to a whole cell.
 */
final class TiledMaps {
  /** Side of a cell, in pixels. */
  static final int CELL = 4;

  private final CamInference inference;
  private final int mostCells;
  private final int overlap;

  /**
   * @param side of a part, in pixels
   */
  TiledMaps(CamInference inference, int side) {
    this(inference, Math.max(4, side / CELL), Math.max(1, side / CELL / 4));
  }

  /**
   * @param mostCells along a side of a part
   * @param overlap cells that neighbours share at least
   */
  TiledMaps(CamInference inference, int mostCells, int overlap) {
    this.inference = inference;
    this.mostCells = mostCells;
    this.overlap = overlap;
  }

  /** Cells that cover so many pixels. */
  static int cells(int pixels) {
    return (pixels + CELL - 1) / CELL;
  }

  /** Parts of a picture of that size, in pixels. */
  int count(int width, int height) {
    return Math.multiplyExact(
        TileAxis.count(cells(width), mostCells, overlap),
        TileAxis.count(cells(height), mostCells, overlap));
  }

  /** Looks at a part of a grey picture of full size: all parts take the same time. */
  void lookAtGrey() {
    int side = CELL * mostCells;
    byte[] rgb = new byte[3 * side * side];
    Arrays.fill(rgb, (byte) 128);
    BitSet first = new BitSet();
    first.set(0);
    inference.activations(new RgbImage(side, side, rgb), first, mostCells, mostCells);
  }

  /**
   * 0 or more, n×⌈H/4⌉×⌈W/4⌉, not divided by their largest; classes ascending. No part is looked at
   * where there is no class.
   */
  float[] of(RgbImage picture, BitSet classes, TileListener listener) {
    if (classes.isEmpty()) {
      return new float[0];
    }
    int width = cells(picture.width());
    int height = cells(picture.height());
    TileAxis columns = TileAxis.of(width, mostCells, overlap);
    TileAxis rows = TileAxis.of(height, mostCells, overlap);
    int done = 0;
    int parts = rows.starts().length * columns.starts().length;
    float[] sums = new float[Math.multiplyExact(classes.cardinality(), width * height)];
    for (int r = 0; r < rows.starts().length; r++) {
      for (int c = 0; c < columns.starts().length; c++) {
        RgbImage part =
            part(
                picture,
                CELL * columns.starts()[c],
                CELL * rows.starts()[r],
                CELL * columns.length(),
                CELL * rows.length());
        float[] own = inference.activations(part, classes, columns.length(), rows.length());
        for (int j = 0; j < classes.cardinality(); j++) {
          for (int y = 0; y < rows.length(); y++) {
            int to = (j * height + rows.starts()[r] + y) * width + columns.starts()[c];
            int from = (j * rows.length() + y) * columns.length();
            for (int x = 0; x < columns.length(); x++) {
              sums[to + x] += rows.weights()[r][y] * columns.weights()[c][x] * own[from + x];
            }
          }
        }
        done++;
        listener.went(done, parts);
      }
    }
    return sums;
  }

  private static RgbImage part(RgbImage picture, int left, int top, int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    int inside = Math.min(width, picture.width() - left);
    for (int y = 0; y < height; y++) {
      int row = Math.min(top + y, picture.height() - 1) * picture.width();
      System.arraycopy(picture.rgb(), 3 * (row + left), rgb, 3 * y * width, 3 * inside);
      int last = 3 * (row + picture.width() - 1);
      for (int x = inside; x < width; x++) {
        System.arraycopy(picture.rgb(), last, rgb, 3 * (y * width + x), 3);
      }
    }
    return new RgbImage(width, height, rgb);
  }
}
