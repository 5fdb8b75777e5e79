package dev.wsss.eval.report;

import dev.wsss.api.data.ClassNames;
import dev.wsss.eval.metric.PictureCounts;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * Counts of every scored picture as a table: a line for each class that its truth or its mask
 * holds, {@code picture,class,truth,predicted,agreed}, in pixels.
 */
public final class PicturesCsv {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader("picture", "class", "truth", "predicted", "agreed")
          .setRecordSeparator("\n")
          .get();

  private PicturesCsv() {}

  /** Writes the file whole or not at all. */
  public static void write(Path file, ClassNames classes, List<PictureCounts> pictures)
      throws IOException {
    WholeFile.write(
        file,
        target -> {
          try (var writer = Files.newBufferedWriter(target);
              CSVPrinter printer = new CSVPrinter(writer, FORMAT)) {
            for (PictureCounts picture : pictures) {
              for (PictureCounts.OfClass own : picture.classes()) {
                printer.printRecord(
                    picture.picture(),
                    classes.ofMaskIndex(own.index()),
                    own.truth(),
                    own.predicted(),
                    own.agreed());
              }
            }
          }
        });
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the file is missing, or damaged, with the line
   */
  public static List<PictureCounts> read(Path file, ClassNames classes) throws IOException {
    Map<String, Integer> indices = new LinkedHashMap<>();
    for (int index = 0; index <= classes.count(); index++) {
      indices.put(classes.ofMaskIndex(index), index);
    }
    Map<String, List<PictureCounts.OfClass>> pictures = new LinkedHashMap<>();
    CSVFormat format = FORMAT.builder().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        CSVParser parser = format.parse(reader)) {
      for (CSVRecord line : parser) {
        Integer index = line.isConsistent() ? indices.get(line.get("class")) : null;
        if (index == null) {
          throw damaged(file, parser, "no class of the run");
        }
        try {
          pictures
              .computeIfAbsent(line.get("picture"), name -> new ArrayList<>())
              .add(
                  new PictureCounts.OfClass(
                      index,
                      Long.parseLong(line.get("truth")),
                      Long.parseLong(line.get("predicted")),
                      Long.parseLong(line.get("agreed"))));
        } catch (NumberFormatException e) {
          throw damaged(file, parser, "not three whole numbers");
        }
      }
    }
    List<PictureCounts> all = new ArrayList<>();
    pictures.forEach((name, own) -> all.add(new PictureCounts(name, own)));
    return all;
  }

  private static IOException damaged(Path file, CSVParser parser, String what) {
    return new IOException(
        file + ", line " + parser.getCurrentLineNumber() + ": damaged (" + what + ")");
  }
}
