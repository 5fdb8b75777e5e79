package dev.wsss.train.run;

import dev.wsss.api.metric.Score;
import dev.wsss.eval.html.LineChart;
import dev.wsss.eval.html.LineChart.Line;
import dev.wsss.eval.html.LineChart.Mark;
import dev.wsss.eval.html.LineChart.Point;
import dev.wsss.eval.html.LineChart.Range;
import dev.wsss.eval.html.Markup;
import dev.wsss.train.checkpoint.MetricsFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The charts of a report. */
public final class ReportCurves {
  private static final Set<String> NO_LOSSES = Set.of(MetricsFile.SPEED, "data-wait-share", "rate");
  private static final double PER_CENT = 100;

  private ReportCurves() {}

  /**
   * The losses by epoch in one chart, a metric's means by threshold in another, and what else was
   * counted by epoch folded away, a chart each.
   *
   * @param metrics values by name, in the order of epochs; names of losses have no stroke
   * @param curves points of metrics at every threshold
   */
  static List<Markup> of(
      Map<String, List<Double>> metrics, Map<String, List<Score>> curves, MaskThreshold masks) {
    List<Markup> others = new ArrayList<>();
    metrics.forEach(
        (name, values) -> {
          if (!isLoss(name)) {
            others.add(byEpoch(name, List.of(Line.numbered(name, values))));
          }
        });
    List<Markup> charts = new ArrayList<>();
    charts.add(losses("Losses", metrics));
    curves.forEach((metric, points) -> charts.add(byThreshold(metric, points, masks)));
    List<Markup> drawn = charts.stream().filter(chart -> !chart.html().isEmpty()).toList();
    List<Markup> all = new ArrayList<>();
    if (!drawn.isEmpty()) {
      all.add(Markup.row(drawn));
    }
    if (!others.isEmpty()) {
      all.add(Markup.folded("Rate, speed, and what the modules log", others));
    }
    return all;
  }

  /**
   * The losses by epoch; nothing where there are none.
   *
   * @param metrics values by name, in the order of epochs
   */
  public static Markup losses(String title, Map<String, List<Double>> metrics) {
    List<Line> losses = new ArrayList<>();
    metrics.forEach(
        (name, values) -> {
          if (isLoss(name)) {
            losses.add(Line.numbered(name, values));
          }
        });
    return byEpoch(title, losses);
  }

  private static boolean isLoss(String name) {
    return !NO_LOSSES.contains(name) && name.indexOf('/') < 0;
  }

  private static Markup byEpoch(String title, List<Line> lines) {
    return new LineChart(title, "epoch", Range.FITTING, Range.FITTING, lines, List.of()).draw();
  }

  private static Markup byThreshold(String metric, List<Score> points, MaskThreshold masks) {
    Map<String, List<Point>> lines = new LinkedHashMap<>();
    for (Score point : points) {
      lines
          .computeIfAbsent(point.name(), name -> new ArrayList<>())
          .add(new Point(point.threshold(), PER_CENT * point.value()));
    }
    return new LineChart(
            metric + " by threshold, per cent",
            "threshold",
            new Range(0, 1),
            new Range(0, PER_CENT),
            lines.entrySet().stream()
                .map(line -> new Line(line.getKey(), line.getValue()))
                .toList(),
            List.of(new Mark(masks.mode(), masks.value())))
        .draw();
  }
}
