package dev.wsss.eval.data;

import dev.wsss.api.config.Spelling;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Labels of pictures that are in no data set: a table with the columns {@code image} and {@code
 * labels}, whatever others there are, so that a data set's own {@code labels.csv} will do.
 */
public final class PictureLabels {
  private final Path file;
  private final Map<String, BitSet> byName = new HashMap<>();

  private PictureLabels(Path file) {
    this.file = file;
  }

  /**
   * Reads a table.
   *
   * @throws DataException with all that is wrong: a column that is missing, a class or a picture
   *     that is named wrongly or twice
   */
  public static PictureLabels read(Path file, ClassNames classes) {
    PictureLabels labels = new PictureLabels(file);
    DataProblems problems = new DataProblems();
    ClassIndex index = new ClassIndex(classes);
    CsvRows.read(
        file,
        List.of("image", "labels"),
        problems,
        (line, values) -> {
          BitSet own = new BitSet();
          index.parse(values.get(1), own, file, line, problems);
          if (labels.byName.putIfAbsent(values.get(0), own) != null) {
            problems.add(file, line, "image '%s' is listed already".formatted(values.get(0)));
          }
        });
    problems.throwIfAny(file);
    return labels;
  }

  /**
   * The labels of a picture.
   *
   * @param name as the table may name it; the last part of it will do too
   * @throws DataException if the table does not list it
   */
  public BitSet of(String name) {
    BitSet labels = byName.get(name);
    if (labels == null) {
      labels = byName.get(name.substring(name.lastIndexOf('/') + 1));
    }
    if (labels == null) {
      throw new DataException(
          "%s does not list image '%s'%s"
              .formatted(file, name, Spelling.suggestion(name, List.copyOf(byName.keySet()))));
    }
    return labels;
  }
}
