package dev.wsss.eval.data;

import dev.wsss.api.config.Spelling;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Labels from one table with a line for each picture; its column of splits is not looked at. */
final class CsvLabels implements VocLabels {
  private final Path file;
  private final Map<String, BitSet> byId = new HashMap<>();
  private final Map<String, Long> lines = new LinkedHashMap<>();

  /**
   * Reads the table.
   *
   * @param columns the names of its three columns: picture, split, labels
   */
  CsvLabels(Path file, List<String> columns, ClassIndex classes, DataProblems problems) {
    this.file = file;
    for (LabelTable.Row row : LabelTable.read(file, columns, problems)) {
      Long before = lines.putIfAbsent(row.picture(), row.line());
      if (before != null) {
        problems.add(
            file,
            row.line(),
            "picture '%s' is listed already in line %d".formatted(row.picture(), before));
      }
      BitSet labels = new BitSet();
      classes.parse(row.labels(), labels, file, row.line(), problems);
      byId.put(row.picture(), labels);
    }
  }

  /** Reports pictures that the table lists, but the data set has not. */
  void requireAll(Set<String> pictures, DataProblems problems) {
    lines.forEach(
        (picture, line) -> {
          if (!pictures.contains(picture)) {
            problems.add(
                file,
                line,
                "the annotations list no picture '%s'".formatted(picture),
                () -> Spelling.suggestion(picture, pictures));
          }
        });
  }

  @Override
  public BitSet of(String id, DataProblems problems) {
    return byId.getOrDefault(id, new BitSet());
  }

  @Override
  public String place(String id) {
    return file.toString();
  }
}
