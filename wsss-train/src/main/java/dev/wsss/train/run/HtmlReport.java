package dev.wsss.train.run;

import dev.wsss.api.metric.Score;
import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code report.html} of a run's folder: its scores and a curve of every loss. */
final class HtmlReport {
  private static final int WIDTH = 360;
  private static final int HEIGHT = 120;

  private final Path folder;

  HtmlReport(Path runFolder) {
    this.folder = runFolder;
  }

  void write(RunResult result) throws IOException {
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html>\n<meta charset=\"utf-8\">\n<title>")
        .append(escape(String.valueOf(folder.getFileName())))
        .append(
            "</title>\n<style>body{font-family:sans-serif;margin:2em}td,th{padding:.2em .8em;"
                + "text-align:left}figure{display:inline-block;margin:1em}</style>\n");
    scores(html, result);
    html.append("<h2>Losses and speed by epoch</h2>\n");
    MetricsFile.read(folder).forEach((name, values) -> curve(html, name, values));
    html.append("<p>Made from <a href=\"config.resolved.yaml\">config.resolved.yaml</a>; see <a")
        .append(" href=\"provenance.json\">provenance.json</a>.</p>\n");
    WholeFile.write(folder.resolve("report.html"), target -> Files.writeString(target, html));
  }

  private static void scores(StringBuilder html, RunResult result) {
    html.append("<h2>Scores on split ").append(escape(result.split())).append("</h2>\n<table>\n");
    html.append("<tr><th>metric<th>number<th>threshold<th>chosen<th>value\n");
    for (Map.Entry<String, List<Score>> metric : result.scores().entrySet()) {
      for (Score score : metric.getValue()) {
        String threshold =
            Double.isNaN(score.threshold())
                ? ""
                : String.format(Locale.ROOT, "%.2f", score.threshold());
        html.append(
            String.format(
                Locale.ROOT,
                "<tr><td>%s<td>%s<td>%s<td>%s<td>%.2f %%%n",
                escape(metric.getKey()),
                escape(score.name()),
                threshold,
                escape(score.mode()),
                100 * score.value()));
      }
    }
    html.append("</table>\n");
    html.append("<p>Masks: pixels that score ").append(result.masks()).append(" or more.\n");
    result.leftOut().ifPresent(line -> html.append("<p>").append(escape(line)).append('\n'));
  }

  /** A line from the left edge to the right, its smallest value at the bottom. */
  private static void curve(StringBuilder html, String name, List<Double> values) {
    double low = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double high = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    double span = high > low ? high - low : 1;
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      double x = WIDTH * (values.size() == 1 ? 0.5 : i / (values.size() - 1.0));
      double y = HEIGHT * (1 - (values.get(i) - low) / span);
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
    }
    html.append(
        String.format(
            Locale.ROOT,
            "<figure><svg width=\"%d\" height=\"%d\"><polyline fill=\"none\" stroke=\"#36c\""
                + " points=\"%s\"/></svg><figcaption>%s: %.4g to %.4g, last"
                + " %.4g</figcaption></figure>%n",
            WIDTH,
            HEIGHT,
            points.toString().trim(),
            escape(name),
            low,
            high,
            values.get(values.size() - 1)));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
