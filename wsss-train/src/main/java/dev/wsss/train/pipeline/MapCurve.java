package dev.wsss.train.pipeline;

import dev.wsss.api.data.Example;
import dev.wsss.api.metric.Metric;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.report.WholeFile;
import dev.wsss.eval.store.MapStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * What masks of the maps would be worth at every threshold, before any refiner: {@code
 * curve-SPLIT.csv} of the stage seeds, with the columns {@code threshold,precision,recall}, means
 * over background and classes, 0…1.
 */
record MapCurve(List<Point> points) {
  private static final String HEADER = "threshold,precision,recall";

  MapCurve {
    points = List.copyOf(points);
  }

  /** A threshold. */
  record Point(double threshold, double precision, double recall) {}

  /** That of the first metric that has one; without points where there are no exact masks. */
  static MapCurve of(
      List<Metric<?>> metrics, PipelinePictures pictures, List<Example> examples, MapStore maps) {
    return metrics.stream()
        .map(metric -> of(metric, pictures, examples, maps))
        .filter(curve -> !curve.points().isEmpty())
        .findFirst()
        .orElse(new MapCurve(List.of()));
  }

  private static <A> MapCurve of(
      Metric<A> metric, PipelinePictures pictures, List<Example> examples, MapStore maps) {
    Map<Double, Double> precision = new TreeMap<>();
    Map<Double, Double> recall = new TreeMap<>();
    for (Score score : metric.curve(Background.tally(metric, pictures, examples, maps))) {
      if (score.name().equals("precision")) {
        precision.put(score.threshold(), score.value());
      } else if (score.name().equals("recall")) {
        recall.put(score.threshold(), score.value());
      }
    }
    List<Point> points = new ArrayList<>();
    precision.forEach(
        (threshold, value) -> {
          Double other = recall.get(threshold);
          if (other != null && Double.isFinite(value + other)) {
            points.add(new Point(threshold, value, other));
          }
        });
    return new MapCurve(points);
  }

  private static Path file(Path folder, String split) {
    return folder.resolve("curve-" + split + ".csv");
  }

  /** Writes it, if it has points. */
  void write(Path folder, String split) throws IOException {
    if (!points.isEmpty()) {
      StringBuilder csv = new StringBuilder(HEADER + "\n");
      for (Point point : points) {
        csv.append(CSVFormat.DEFAULT.format(point.threshold(), point.precision(), point.recall()))
            .append('\n');
      }
      WholeFile.write(file(folder, split), to -> Files.writeString(to, csv));
    }
  }

  /**
   * Reads it; without points where none was written.
   *
   * @throws IOException if it is damaged
   */
  static MapCurve read(Path folder, String split) throws IOException {
    Path file = file(folder, split);
    List<Point> points = new ArrayList<>();
    if (Files.exists(file)) {
      try (CSVParser csv = CSVParser.parse(Files.newBufferedReader(file), CSVFormat.DEFAULT)) {
        for (CSVRecord line : csv.stream().skip(1).toList()) {
          points.add(new Point(number(line, 0), number(line, 1), number(line, 2)));
        }
      } catch (RuntimeException e) {
        throw new IOException(file + " is damaged: " + e.getMessage(), e);
      }
    }
    return new MapCurve(points);
  }

  private static double number(CSVRecord line, int column) {
    return Double.parseDouble(line.get(column));
  }
}
