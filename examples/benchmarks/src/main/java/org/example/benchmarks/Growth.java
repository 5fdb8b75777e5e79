package org.example.benchmarks;

import dev.wsss.train.bench.StepBench;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.plugin.PluginCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a step's time grows with batch, classes, image size and number of scales: one of them is
 * varied, the others stay at batch 8, 20 classes, 192 pixels and scales 0.5, 1 and 2. Writes {@code
 * growth.csv} and {@code growth.svg} to the folder that is its argument.
 */
public final class Growth {
  private static final int STEPS = 5;
  private static final int PANEL = 230;
  private static final int PLOT = 150;

  private final ConfigLoader loader;
  private final List<Panel> panels = new ArrayList<>();

  /** One quantity, its values, and the median seconds of a step at each. */
  private record Panel(String title, List<Double> values, List<Double> seconds) {}

  private Growth(ConfigLoader loader) {
    this.loader = loader;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    ClassLoader classes = Growth.class.getClassLoader();
    Growth growth = new Growth(new ConfigLoader(PluginCatalog.discover(classes), classes));
    growth.measure();
    Files.writeString(folder.resolve("growth.csv"), growth.csv());
    Files.writeString(folder.resolve("growth.svg"), growth.svg());
  }

  private void measure() {
    Panel batch = panel("batch");
    for (int size : new int[] {2, 4, 8, 16}) {
      time(batch, size, size, 192, List.of());
    }
    Panel classes = panel("classes");
    for (int count : new int[] {5, 20, 60}) {
      time(classes, count, 8, 192, List.of("data.classes=" + count));
    }
    Panel side = panel("image side in pixels");
    for (int pixels : new int[] {128, 192, 256, 320}) {
      time(side, pixels, 8, pixels, List.of());
    }
    Panel scales = panel("scales");
    for (String set : new String[] {"[1]", "[0.5, 1]", "[0.5, 1, 2]"}) {
      int count = set.split(",").length;
      time(
          scales,
          count,
          8,
          192,
          List.of(
              "self-supervision.rcm.teacher-scales=" + set,
              "self-supervision.mam.teacher-scales=" + set,
              "self-supervision.mam.student-scales=" + set));
    }
  }

  private Panel panel(String title) {
    Panel panel = new Panel(title, new ArrayList<>(), new ArrayList<>());
    panels.add(panel);
    return panel;
  }

  private void time(Panel panel, double value, int batch, int crop, List<String> overrides) {
    double seconds =
        StepBench.run(
                loader,
                new StepBench.Options(
                    "mobilenet-v2", List.of("rcm", "mam"), batch, crop, STEPS, overrides))
            .step();
    panel.values().add(value);
    panel.seconds().add(seconds);
    System.out.printf(Locale.ROOT, "%s %.0f: %.3f s%n", panel.title(), value, seconds);
  }

  private String csv() {
    StringBuilder csv = new StringBuilder("quantity,value,median_step_seconds\n");
    for (Panel panel : panels) {
      for (int i = 0; i < panel.values().size(); i++) {
        csv.append(
            String.format(
                Locale.ROOT,
                "%s,%.0f,%.3f%n",
                panel.title(),
                panel.values().get(i),
                panel.seconds().get(i)));
      }
    }
    return csv.toString();
  }

  private String svg() {
    StringBuilder svg = new StringBuilder();
    line(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"11\">",
        panels.size() * PANEL,
        PLOT + 60);
    line(svg, "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
    for (int i = 0; i < panels.size(); i++) {
      draw(svg, panels.get(i), 40 + i * PANEL);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void draw(StringBuilder svg, Panel panel, int left) {
    int width = PANEL - 60;
    double most = panel.values().stream().mapToDouble(v -> v).max().orElse(1) * 1.08;
    double slowest = panel.seconds().stream().mapToDouble(s -> s).max().orElse(1) * 1.15;
    line(
        svg,
        "<path d=\"M%d 20 v%d h%d\" fill=\"none\" stroke=\"#888\"/><text x=\"%d\" y=\"%d\""
            + " text-anchor=\"middle\">%s</text><text x=\"%d\" y=\"14\">seconds a step</text>",
        left,
        PLOT,
        width,
        left + width / 2,
        PLOT + 52,
        panel.title(),
        left - 30);
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < panel.values().size(); i++) {
      double x = left + width * panel.values().get(i) / most;
      double y = 20 + PLOT * (1 - panel.seconds().get(i) / slowest);
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
      line(
          svg,
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"#36c\"/><text x=\"%.1f\" y=\"%.1f\""
              + " text-anchor=\"middle\">%.2f</text><text x=\"%.1f\" y=\"%d\""
              + " text-anchor=\"middle\">%.0f</text>",
          x,
          y,
          x,
          y - 7,
          panel.seconds().get(i),
          x,
          PLOT + 35,
          panel.values().get(i));
    }
    line(svg, "<polyline points=\"%s\" fill=\"none\" stroke=\"#36c\"/>", points.toString().trim());
  }

  private static void line(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
