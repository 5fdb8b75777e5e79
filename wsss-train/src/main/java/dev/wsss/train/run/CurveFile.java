package dev.wsss.train.run;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;

/**
 * {@code curves.csv} of a run's folder: what every threshold would give on the scored split, one
 * number a line as {@code metric,name,threshold,class,value}; class {@code mean} is the mean over
 * classes. Classes that never occur are left out.
 */
final class CurveFile {
  private final List<String> lines = new ArrayList<>(List.of("metric,name,threshold,class,value"));
  private final ClassNames classes;
  private final Map<String, List<Score>> curves;

  /**
   * @param curves points by metric
   */
  CurveFile(ClassNames classes, Map<String, List<Score>> curves) {
    this.classes = classes;
    this.curves = curves;
    curves.forEach(this::add);
  }

  /** The points by metric. */
  Map<String, List<Score>> curves() {
    return curves;
  }

  private void add(String metric, List<Score> points) {
    for (Score point : points) {
      add(metric, point, "mean", point.value());
      point.byClass(classes).forEach((of, value) -> add(metric, point, of, value));
    }
  }

  private void add(String metric, Score point, String of, double value) {
    if (!Double.isNaN(value)) {
      lines.add(
          CSVFormat.DEFAULT.format(
              metric,
              point.name(),
              String.format(Locale.ROOT, "%.4g", point.threshold()),
              of,
              String.format(Locale.ROOT, "%.5f", value)));
    }
  }

  /** Writes the file, if any metric has a curve. */
  void write(Path runFolder) throws IOException {
    if (lines.size() > 1) {
      WholeFile.write(runFolder.resolve("curves.csv"), target -> Files.write(target, lines));
    }
  }
}
