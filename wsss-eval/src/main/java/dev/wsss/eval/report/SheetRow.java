package dev.wsss.eval.report;

import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.metric.ScoreMap;
import java.util.List;
import java.util.Optional;

/**
 * One picture of an {@link OverlaySheet}.
 *
 * @param title printed above the row, for example the picture's name and labels
 * @param image the picture
 * @param truth its exact mask where there is one
 * @param cells what each cell makes of it, in the sheet's order; empty for a cell without a map
 */
public record SheetRow(
    String title, RgbImage image, Optional<IndexMask> truth, List<Optional<Overlay>> cells) {

  public SheetRow {
    cells = List.copyOf(cells);
    for (Optional<Overlay> cell : cells) {
      cell.ifPresent(overlay -> requireSize(title, image, overlay.map()));
    }
  }

  private static void requireSize(String title, RgbImage image, ScoreMap map) {
    if (map.width() != image.width() || map.height() != image.height()) {
      throw new IllegalArgumentException(
          "row '"
              + title
              + "': a score map of "
              + map.width()
              + "×"
              + map.height()
              + " on a picture of "
              + image.width()
              + "×"
              + image.height());
    }
  }

  /**
   * A cell's score map and the threshold at which its mask is drawn.
   *
   * @param threshold pixels with at least this score are foreground
   */
  public record Overlay(ScoreMap map, double threshold) {}
}
