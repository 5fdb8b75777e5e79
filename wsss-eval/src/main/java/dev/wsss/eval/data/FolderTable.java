package dev.wsss.eval.data;

import dev.wsss.api.config.Spelling;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code labels.csv} of a {@link FolderDataset}. */
final class FolderTable {
  private final ClassIndex classes;
  private final Unlabelled unlabelled;
  private final DataProblems problems;
  private final Path file;
  private final Set<String> images;
  private final Set<String> masks;
  private final Map<String, Long> lines = new HashMap<>();
  private final Map<String, String> masked = new HashMap<>();

  FolderTable(DataFolder folder, ClassNames classes, Unlabelled unlabelled, DataProblems problems) {
    this.classes = new ClassIndex(classes);
    this.unlabelled = unlabelled;
    this.problems = problems;
    file = folder.root().resolve("labels.csv");
    images = folder.files("images");
    masks = Files.isDirectory(folder.root().resolve("masks")) ? folder.files("masks") : Set.of();
  }

  /** The name of a picture's mask below {@code masks}: its own with another extension. */
  static String maskName(String id) {
    int dot = id.lastIndexOf('.');
    return (dot > id.lastIndexOf('/') ? id.substring(0, dot) : id) + ".png";
  }

  /** A split for each name in the second column, in the order in which they first occur. */
  Splits read() {
    Map<String, List<Example>> bySplit = new LinkedHashMap<>();
    List<String> columns = List.of("image", "split", "labels");
    for (LabelTable.Row row : LabelTable.read(file, columns, problems)) {
      check(row);
      bySplit
          .computeIfAbsent(row.split(), split -> new ArrayList<>())
          .add(new Example(row.picture(), labels(row)));
    }
    if (bySplit.isEmpty()) {
      problems.add(file + ": no pictures are listed");
    }
    return new Splits(bySplit);
  }

  private void check(LabelTable.Row row) {
    String id = row.picture();
    Long before = lines.putIfAbsent(id, row.line());
    if (before != null) {
      problem(row, "image '%s' is listed already in line %d".formatted(id, before));
    } else if (!images.contains(id)) {
      problem(row, "no image '%s' in images/%s".formatted(id, Spelling.suggestion(id, images)));
    }
    if (row.split().isEmpty()) {
      problem(row, "image '%s' is in no split; expected is for example train or val".formatted(id));
    }
    String mask = maskName(id);
    String other = masked.putIfAbsent(mask, id);
    if (other != null && !other.equals(id) && masks.contains(mask)) {
      problem(row, "images '%s' and '%s' share the mask masks/%s".formatted(other, id, mask));
    }
  }

  private BitSet labels(LabelTable.Row row) {
    BitSet labels = new BitSet();
    int before = problems.count();
    classes.parse(row.labels(), labels, file, row.line(), problems);
    if (labels.isEmpty() && unlabelled == Unlabelled.FAIL && problems.count() == before) {
      problem(
          row,
          "image '%s' has no label; 'unlabelled: keep' takes it as background"
              .formatted(row.picture()));
    }
    return labels;
  }

  private void problem(LabelTable.Row row, String text) {
    problems.add(file, row.line(), text);
  }
}
