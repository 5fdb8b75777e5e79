package dev.wsss.eval.store;

/**
 * How a grid of scores lies on a picture: resized bilinearly (half-pixel centres) to the covered
 * size, its first {@code height} rows and {@code width} columns are the picture's.
 *
 * @param width W of the picture, in pixels
 * @param height H in pixels
 * @param coveredWidth pixels of the picture that the grid covers from the left: W or, where it is
 *     made of whole cells, a little more
 * @param coveredHeight likewise, from the top
 * @param columns of the grid, at least 1
 * @param rows of the grid
 */
public record MapGrid(
    int width, int height, int coveredWidth, int coveredHeight, int columns, int rows) {
  /**
   * The cells that a store has where nobody says otherwise; see docs/store.md for what they cost.
   */
  public static final int CELL = 2;

  public MapGrid {
    if (width < 1 || height < 1 || columns < 1 || rows < 1) {
      throw new IllegalArgumentException(
          "a grid of %d×%d for a picture of %d×%d".formatted(columns, rows, width, height));
    }
    if (coveredWidth < width || coveredHeight < height) {
      throw new IllegalArgumentException(
          "a grid over %d×%d pixels does not cover a picture of %d×%d"
              .formatted(coveredWidth, coveredHeight, width, height));
    }
  }

  /**
   * A grid that covers a picture exactly.
   *
   * @param cell pixels along a side that share a score, 1 or more
   */
  public static MapGrid over(int width, int height, int cell) {
    return new MapGrid(width, height, width, height, cells(width, cell), cells(height, cell));
  }

  /** Cells that cover so many pixels: ⌈pixels / cell⌉. */
  public static int cells(int pixels, int cell) {
    if (cell < 1) {
      throw new IllegalArgumentException("cells of " + cell + " pixels; at least 1");
    }
    return (int) (((long) pixels + cell - 1) / cell);
  }
}
