package dev.wsss.train.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rows of text as columns that line up. */
public final class TextColumns {
  private static final String GAP = "  ";

  private TextColumns() {}

  /** Rows of equally many cells; no line break at the end. */
  public static String of(List<List<String>> rows) {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        if (i == widths.size()) {
          widths.add(0);
        }
        widths.set(i, Math.max(widths.get(i), row.get(i).length()));
      }
    }
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      line.append(i == 0 ? "" : GAP).append(row.get(i));
      line.append(" ".repeat(widths.get(i) - row.get(i).length()));
    }
    return line.toString().stripTrailing();
  }
}
