package dev.wsss.train.checkpoint;

import dev.wsss.api.listener.EpochReport;
import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * {@code metrics.csv}: one number a line as {@code epoch,step,name,value}, so that any set of slots
 * fits; names are quoted where they need it.
 */
public final class MetricsFile {
  /** Pictures a second while training. */
  public static final String SPEED = "images-per-second";

  private static final String HEADER = "epoch,step,name,value";
  private static final int COLUMNS = 4;

  private final Path file;

  /** Keeps the lines up to {@code lastEpoch}: those of an epoch without a checkpoint come again. */
  public MetricsFile(Path runFolder, int lastEpoch) throws IOException {
    this.file = runFolder.resolve("metrics.csv");
    List<String> kept = new ArrayList<>(List.of(HEADER));
    if (lastEpoch > 0 && Files.exists(file)) {
      Files.readAllLines(file).stream()
          .skip(1)
          .filter(line -> epochOf(line) <= lastEpoch)
          .forEach(kept::add);
    }
    WholeFile.write(file, target -> Files.write(target, kept));
  }

  private static int epochOf(String line) {
    try {
      return Integer.parseInt(line.substring(0, Math.max(0, line.indexOf(','))));
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE; // cut off by a kill
    }
  }

  public void add(EpochReport report) throws IOException {
    StringBuilder lines = new StringBuilder();
    report.means().forEach((name, value) -> lines.append(line(report, name, value)));
    lines.append(line(report, SPEED, report.imagesPerSecond()));
    lines.append(line(report, "data-wait-share", report.dataWaitShare()));
    try {
      Files.writeString(file, lines, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw WholeFile.naming(file, e);
    }
  }

  private static String line(EpochReport report, String name, double value) {
    return CSVFormat.DEFAULT.format(
            report.clock().epoch(),
            report.clock().step(),
            name.replaceAll("\\R", " "), // a record is a line, so that a cut one can be told
            String.format(Locale.ROOT, "%.9g", value))
        + "\n";
  }

  /**
   * The mean over epochs of a number; NaN where it was never written.
   *
   * @throws IOException as {@link #read} does
   */
  public static double mean(Path runFolder, String name) throws IOException {
    return read(runFolder).getOrDefault(name, List.of()).stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * The values of each name, in the order of epochs.
   *
   * @throws IOException if the file is missing, or damaged, with the line
   */
  public static Map<String, List<Double>> read(Path runFolder) throws IOException {
    Path file = runFolder.resolve("metrics.csv");
    Map<String, List<Double>> values = new LinkedHashMap<>();
    long line = 1;
    // A record is a line, so that a quote that is never closed damages its own line and no other.
    for (String text : Files.readAllLines(file)) {
      if (line > 1) {
        CSVRecord record = record(file, line, text);
        values
            .computeIfAbsent(record.get(2), name -> new ArrayList<>())
            .add(number(file, line, text, record.get(3)));
      } else if (!text.equals(HEADER)) {
        throw damaged(file, line, text, HEADER);
      }
      line++;
    }
    return values;
  }

  private static CSVRecord record(Path file, long line, String text) throws IOException {
    try (CSVParser parser = CSVParser.parse(text, CSVFormat.DEFAULT)) {
      List<CSVRecord> records = parser.getRecords();
      if (records.size() == 1 && records.get(0).size() == COLUMNS) {
        return records.get(0);
      }
    } catch (IOException | UncheckedIOException e) {
      // told below: what is wrong is in the line
    }
    throw damaged(file, line, text, "four values, " + HEADER);
  }

  private static double number(Path file, long line, String text, String value) throws IOException {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw damaged(file, line, text, "a number as the last of " + HEADER);
    }
  }

  private static IOException damaged(Path file, long line, String found, String expected) {
    return new IOException(
        "%s, line %d: damaged; found '%s', expected is %s".formatted(file, line, found, expected));
  }
}
