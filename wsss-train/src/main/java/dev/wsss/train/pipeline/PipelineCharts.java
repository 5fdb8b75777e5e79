package dev.wsss.train.pipeline;

import dev.wsss.eval.html.LineChart;
import dev.wsss.eval.html.LineChart.Line;
import dev.wsss.eval.html.LineChart.Point;
import dev.wsss.eval.html.LineChart.Range;
import dev.wsss.eval.html.Markup;
import dev.wsss.train.checkpoint.MetricsFile;
import dev.wsss.train.run.ReportCurves;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The charts of a pipeline's report. */
final class PipelineCharts {
  private static final double PER_CENT = 100;

  /** Logged by training from masks; see docs/segmentation.md. */
  private static final Set<String> SHARES =
      Set.of("labels/background", "scores/background", "scores/object-recall", "validation/miou");

  private PipelineCharts() {}

  /**
   * Precision over recall: a line of the maps at every threshold, and a dot for the masks of each
   * stage; nothing where there is no such line.
   *
   * @param rows of stages with masks of the split
   */
  static List<Markup> precisionOverRecall(List<PipelineResult.Row> rows, String split)
      throws IOException {
    List<Line> lines = new ArrayList<>();
    for (PipelineResult.Row row : rows) {
      List<Point> points = new ArrayList<>();
      for (MapCurve.Point at : MapCurve.read(row.folder(), split).points()) {
        points.add(new Point(PER_CENT * at.recall(), PER_CENT * at.precision()));
      }
      if (!points.isEmpty()) {
        lines.add(new Line("maps at every threshold", points));
      }
    }
    if (lines.isEmpty()) {
      return List.of();
    }
    for (PipelineResult.Row row : rows) {
      MaskQuality quality = row.quality().get(split);
      if (quality != null) {
        Point point = new Point(PER_CENT * quality.recall(), PER_CENT * quality.precision());
        lines.add(new Line(row.stage(), List.of(point)));
      }
    }
    Range all = new Range(0, PER_CENT);
    return List.of(
        Markup.row(
            List.of(
                new LineChart("Precision, per cent", "recall, per cent", all, all, lines, List.of())
                    .draw())));
  }

  /**
   * The losses of each stage that has trained and, where it learned from masks, what it was fed and
   * what it was worth epoch by epoch.
   */
  static List<Markup> trainings(List<PipelineResult.Row> rows) throws IOException {
    List<Markup> charts = new ArrayList<>();
    for (PipelineResult.Row row : rows) {
      if (Files.exists(row.folder().resolve("metrics.csv"))) {
        Map<String, List<Double>> metrics = MetricsFile.read(row.folder());
        charts.add(ReportCurves.losses(row.stage(), metrics));
        charts.add(shares(row.stage(), metrics));
      }
    }
    List<Markup> drawn = charts.stream().filter(chart -> !chart.html().isEmpty()).toList();
    return drawn.isEmpty() ? List.of() : List.of(Markup.row(drawn));
  }

  private static Markup shares(String stage, Map<String, List<Double>> metrics) {
    List<Line> lines = new ArrayList<>();
    metrics.forEach(
        (name, values) -> {
          if (SHARES.contains(name)) {
            lines.add(Line.numbered(name, values.stream().map(share -> PER_CENT * share).toList()));
          }
        });
    String title = stage + ", per cent";
    return new LineChart(title, "epoch", Range.FITTING, new Range(0, PER_CENT), lines, List.of())
        .draw();
  }
}
