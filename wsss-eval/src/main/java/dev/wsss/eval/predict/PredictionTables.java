package dev.wsss.eval.predict;

import dev.wsss.api.data.ClassNames;
import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * What a folder of predictions says of all its pictures: {@code labels.csv}, {@code failed.csv} and
 * {@code classes.txt}.
 */
final class PredictionTables {
  private final Path folder;
  private final ClassNames classes;

  PredictionTables(Path folder, ClassNames classes) {
    this.folder = folder;
    this.classes = classes;
  }

  /** The names of mask indices, a line each, background first. */
  void writeClasses() throws IOException {
    List<String> names = new ArrayList<>(List.of(ClassNames.BACKGROUND));
    names.addAll(classes.foreground());
    WholeFile.write(folder.resolve("classes.txt"), to -> Files.write(to, names));
  }

  /** Pictures by the name of their files. */
  void writeLabels(List<LabelledRow> rows) throws IOException {
    List<String> header = new ArrayList<>(List.of("image", "labels", "mask", "width", "height"));
    classes.foreground().forEach(name -> header.add("probability " + name));
    header.add("share " + ClassNames.BACKGROUND);
    classes.foreground().forEach(name -> header.add("share " + name));
    header.add("share not counted");
    List<List<String>> lines = new ArrayList<>();
    for (LabelledRow row : sorted(rows)) {
      List<String> line = new ArrayList<>(List.of(row.image(), row.labels()));
      line.add("masks/" + row.name() + ".png");
      line.add(Integer.toString(row.width()));
      line.add(Integer.toString(row.height()));
      line.addAll(row.probabilities());
      line.addAll(row.shares());
      lines.add(line);
    }
    write("labels.csv", header, lines);
  }

  static List<LabelledRow> sorted(List<LabelledRow> rows) {
    return rows.stream().sorted(Comparator.comparing(LabelledRow::name)).toList();
  }

  /** Reasons by file; no table where there are none. */
  void writeFailed(Map<Path, String> reasons) throws IOException {
    if (reasons.isEmpty()) {
      Files.deleteIfExists(folder.resolve("failed.csv"));
      return;
    }
    List<List<String>> lines = new ArrayList<>();
    reasons.forEach((file, reason) -> lines.add(List.of(file.toString(), reason)));
    write("failed.csv", List.of("file", "reason"), lines);
  }

  private void write(String name, List<String> header, List<List<String>> lines)
      throws IOException {
    WholeFile.write(
        folder.resolve(name),
        to -> {
          try (Writer writer = Files.newBufferedWriter(to);
              CSVPrinter printer = new CSVPrinter(writer, CSVFormat.DEFAULT)) {
            printer.printRecord(header);
            for (List<String> line : lines) {
              printer.printRecord(line);
            }
          }
        });
  }
}
