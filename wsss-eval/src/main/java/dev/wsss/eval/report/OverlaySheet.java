package dev.wsss.eval.report;

import dev.wsss.api.data.ClassNames;
import dev.wsss.eval.image.VocColours;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import javax.imageio.ImageIO;

/**
 * The same pictures in every cell, as one PNG: a row a picture, with columns for the picture, the
 * truth, and two for each cell, its mask at the given threshold and its scores from dark to bright.
 * Classes have PASCAL VOC's colours, listed below the rows. Needs no display, but fonts.
 */
public final class OverlaySheet {
  private static final int GAP = 6;
  private static final int LINE = 20;

  private final ClassNames classes;
  private final List<String> cells;
  private final int tile;

  /**
   * @param cells column titles, one for each cell, for example {@code rcm (held-out 0.28)}
   * @param tileInPixels side of the square that each picture is fitted into
   */
  public OverlaySheet(ClassNames classes, List<String> cells, int tileInPixels) {
    this.classes = classes;
    this.cells = List.copyOf(cells);
    this.tile = tileInPixels;
  }

  /** Draws the rows and writes the file whole or not at all, making its folder if needed. */
  public void write(Path file, List<SheetRow> rows) throws IOException {
    BufferedImage sheet = draw(rows);
    WholeFile.write(
        file,
        target -> {
          if (!ImageIO.write(sheet, "png", target.toFile())) {
            throw new IOException("this Java has no PNG writer");
          }
        });
  }

  /**
   * Draws the rows.
   *
   * @throws IllegalArgumentException if a row has another number of cells
   */
  public BufferedImage draw(List<SheetRow> rows) {
    for (SheetRow row : rows) {
      if (row.cells().size() != cells.size()) {
        throw new IllegalArgumentException(
            "row '" + row.title() + "' has " + row.cells().size() + " cells of " + cells.size());
      }
    }
    List<Integer> shown = shownClasses(rows);
    int width = left(2 + 2 * cells.size());
    int legendTop = top(rows.size());
    int legendColumns = Math.max(1, (width - GAP) / legendWidth());
    int legendLines = (shown.size() + legendColumns - 1) / legendColumns;
    BufferedImage sheet =
        new BufferedImage(width, legendTop + legendLines * LINE + GAP, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    try {
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      titles(graphics);
      for (int i = 0; i < rows.size(); i++) {
        row(graphics, rows.get(i), top(i));
      }
      for (int i = 0; i < shown.size(); i++) {
        int x = GAP + i % legendColumns * legendWidth();
        legend(graphics, shown.get(i), x, legendTop + i / legendColumns * LINE);
      }
    } finally {
      graphics.dispose();
    }
    return sheet;
  }

  /** Left edge of a column of tiles; of one past the last, the sheet's width. */
  private int left(int column) {
    return GAP + column * (tile + GAP);
  }

  /** Upper edge of a row with its title; of one past the last, the legend's. */
  private int top(int row) {
    return LINE + row * (LINE + tile + GAP);
  }

  private int legendWidth() {
    return Math.min(160, tile + GAP);
  }

  private void titles(Graphics2D graphics) {
    text(graphics, "picture", left(0), 0, tile);
    text(graphics, "truth", left(1), 0, tile);
    for (int i = 0; i < cells.size(); i++) {
      text(graphics, cells.get(i), left(2 + 2 * i), 0, 2 * tile + GAP);
    }
  }

  private void row(Graphics2D graphics, SheetRow row, int top) {
    int width = left(2 + 2 * cells.size()) - 2 * GAP;
    text(graphics, row.title(), GAP, top, width);
    int y = top + LINE;
    tile(graphics, Tiles.picture(row.image()), left(0), y);
    row.truth().ifPresent(t -> tile(graphics, Tiles.truth(row.image(), t), left(1), y));
    for (int i = 0; i < cells.size(); i++) {
      int x = 2 + 2 * i;
      row.cells()
          .get(i)
          .ifPresent(
              overlay -> {
                var mask = Tiles.mask(row.image(), overlay.map(), overlay.threshold());
                tile(graphics, mask, left(x), y);
                tile(graphics, Tiles.heat(row.image(), overlay.map()), left(x + 1), y);
              });
    }
  }

  private void tile(Graphics2D graphics, BufferedImage image, int x, int y) {
    double scale = tile / (double) Math.max(image.getWidth(), image.getHeight());
    int width = (int) Math.max(1, Math.round(image.getWidth() * scale));
    int height = (int) Math.max(1, Math.round(image.getHeight() * scale));
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        scale >= 1
            ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
            : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, x + (tile - width) / 2, y + (tile - height) / 2, width, height, null);
  }

  private void legend(Graphics2D graphics, int index, int x, int y) {
    graphics.setColor(new Color(VocColours.rgb(index)));
    graphics.fillRect(x, y + 4, 12, 12);
    text(graphics, classes.ofMaskIndex(index), x + 16, y, legendWidth() - 20);
  }

  /** A line of text, cut short where it does not fit. */
  private static void text(Graphics2D graphics, String text, int x, int y, int width) {
    FontMetrics metrics = graphics.getFontMetrics();
    String shown = text;
    for (int n = text.length() - 1; n > 0 && metrics.stringWidth(shown) > width; n--) {
      shown = text.substring(0, n) + "…";
    }
    graphics.setColor(Color.BLACK);
    graphics.drawString(shown, x, y + LINE - 6);
  }

  /** Mask indices of the classes in truth or in any cell, ascending. */
  private static List<Integer> shownClasses(List<SheetRow> rows) {
    TreeSet<Integer> shown = new TreeSet<>();
    for (SheetRow row : rows) {
      row.truth()
          .ifPresent(
              truth -> {
                for (byte index : truth.indices()) {
                  shown.add(index & 0xff);
                }
              });
      row.cells().stream()
          .flatMap(cell -> cell.stream())
          .forEach(
              overlay -> {
                for (int p = 0; p < overlay.map().winner().length; p++) {
                  shown.add(overlay.map().maskIndex(p, overlay.threshold()));
                }
              });
    }
    shown.remove(0);
    shown.remove(dev.wsss.api.data.IndexMask.IGNORE);
    return List.copyOf(shown);
  }
}
