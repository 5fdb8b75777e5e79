package dev.wsss.eval.data;

import dev.wsss.api.config.Spelling;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code labels.csv} of a {@link FolderDataset}. */
final class FolderTable {
  private static final String IMAGES = "images/";

  /** What file systems allow for a name. */
  private static final int MOST_BYTES = 255;

  private final ClassIndex classes;
  private final Unlabelled unlabelled;
  private final DataProblems problems;
  private final Path file;
  private final Set<String> images;
  private final String where;
  private final Map<String, Long> lines = new HashMap<>();
  private final Map<String, String> masked = new HashMap<>();
  private final SplitNames splitNames = new SplitNames();

  FolderTable(DataFolder folder, ClassNames classes, Unlabelled unlabelled, DataProblems problems) {
    this.classes = new ClassIndex(classes);
    this.unlabelled = unlabelled;
    this.problems = problems;
    file = folder.root().resolve("labels.csv");
    String below = FolderFiles.pictures(folder.root());
    images = folder.files(below);
    where = below.isEmpty() ? "beside it, where there is no images/" : "in images/";
  }

  /** The name of a picture's mask below {@code masks}: its own with another extension. */
  static String maskName(String id) {
    int dot = id.lastIndexOf('.');
    return (dot > id.lastIndexOf('/') ? id.substring(0, dot) : id) + ".png";
  }

  /** A split for each name in the column split, in the order in which they first occur. */
  Splits read() {
    Map<String, List<Example>> bySplit = new LinkedHashMap<>();
    for (LabelTable.Row written : LabelTable.read(file, LabelTable.COLUMNS, problems)) {
      LabelTable.Row row = written.withPicture(belowImages(written.picture(), images));
      check(row);
      bySplit
          .computeIfAbsent(row.split(), split -> new ArrayList<>())
          .add(new Example(row.picture(), labels(row)));
    }
    if (bySplit.isEmpty() && problems.count() == 0) {
      problems.add(file + ": no pictures are listed");
    }
    return new Splits(bySplit, file);
  }

  /** Tables often hold paths from the root. */
  static String belowImages(String name, Collection<String> images) {
    return !images.contains(name) && name.startsWith(IMAGES)
        ? name.substring(IMAGES.length())
        : name;
  }

  private void check(LabelTable.Row row) {
    String id = row.picture();
    Long before = lines.putIfAbsent(id, row.line());
    if (before != null) {
      problem(row, "image '%s' is listed already in line %d".formatted(id, before));
    } else if (!images.contains(id)) {
      problems.add(
          file,
          row.line(),
          "no image '%s' %s".formatted(id, where),
          () -> Spelling.suggestion(id, images));
    }
    if (row.split().isEmpty()) {
      problem(row, "image '%s' is in no split; expected is for example train or val".formatted(id));
    }
    splitNames
        .other(row.split())
        .ifPresent(other -> problem(row, SplitNames.alike(row.split(), other)));
    String mask = maskName(id);
    String other = masked.putIfAbsent(mask, id);
    if (other != null && !other.equals(id)) {
      problem(row, "images '%s' and '%s' share the mask masks/%s".formatted(other, id, mask));
    }
    int bytes = mask.substring(mask.lastIndexOf('/') + 1).getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES && images.contains(id)) {
      problem(
          row,
          "image '%s': the name of its mask would have %d bytes; file systems allow %d"
              .formatted(id, bytes, MOST_BYTES));
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
