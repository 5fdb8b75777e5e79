package dev.wsss.eval.data;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Labels from one table with a line for each picture. */
final class VocCsvLabels implements VocLabels {
  private final Path file;
  private final Map<String, BitSet> byId = new HashMap<>();

  VocCsvLabels(Path file, ClassIndex classes, DataProblems problems) {
    this.file = file;
    Map<String, Long> lines = new HashMap<>();
    for (LabelTable.Row row : LabelTable.read(file, List.of("id", "split", "classes"), problems)) {
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

  @Override
  public BitSet of(String id, DataProblems problems) {
    return byId.getOrDefault(id, new BitSet());
  }

  @Override
  public String place(String id) {
    return file.toString();
  }
}
