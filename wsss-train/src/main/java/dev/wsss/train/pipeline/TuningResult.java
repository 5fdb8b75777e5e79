package dev.wsss.train.pipeline;

import dev.wsss.eval.html.LineChart;
import dev.wsss.eval.html.Markup;
import dev.wsss.eval.html.Page;
import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;

/**
 * What was tried, and what was best.
 *
 * @param truth what masks were compared with
 * @param before mIoU with the configuration as it was
 * @param after mIoU with the values that were chosen
 * @param chosen by dotted key, as YAML; only those that are better than what stood
 * @param tried in their order
 */
public record TuningResult(
    String truth, double before, double after, Map<String, String> chosen, List<Tried> tried) {

  /**
   * A value that was tried.
   *
   * @param round from 1
   * @param value as YAML
   * @param miou of the pictures, 0…1
   */
  public record Tried(int round, String key, String value, double miou) {

    private boolean isNumber() {
      return value.matches("-?[0-9.]+(e-?[0-9]+)?");
    }

    private double number() {
      return Double.parseDouble(value);
    }
  }

  /**
   * A sentence on each number that was chosen at the end of what was tried: the best one may lie
   * beyond.
   */
  public List<String> ends() {
    List<String> ends = new ArrayList<>();
    chosen.forEach(
        (key, value) -> {
          List<Tried> own = tried.stream().filter(one -> one.key().equals(key)).toList();
          double[] values =
              own.stream().filter(Tried::isNumber).mapToDouble(Tried::number).sorted().toArray();
          if (values.length == own.size() && values[0] < values[values.length - 1]) {
            double best = Double.parseDouble(value);
            if (best == values[0]) {
              ends.add(
                  key + ": " + value + " is the least that was tried; a smaller one may be better");
            } else if (best == values[values.length - 1]) {
              ends.add(
                  key + ": " + value + " is the most that was tried; a larger one may be better");
            }
          }
        });
    return ends;
  }

  /**
   * Writes {@code tuning.csv} and {@code tuning.html}, the curves, to a folder, and the
   * configuration that was chosen.
   *
   * @param base what it stands on
   */
  void write(Path folder, Path configuration, String base) throws IOException {
    StringBuilder csv = new StringBuilder("round,key,value,miou\n");
    tried.forEach(
        one ->
            csv.append(CSVFormat.DEFAULT.format(one.round(), one.key(), one.value(), one.miou()))
                .append('\n'));
    WholeFile.write(folder.resolve("tuning.csv"), to -> Files.writeString(to, csv));
    WholeFile.write(folder.resolve("tuning.html"), to -> Files.writeString(to, page()));
    WholeFile.write(configuration, to -> Files.writeString(to, yaml(base)));
  }

  private String yaml(String base) {
    StringBuilder yaml = new StringBuilder();
    yaml.append(
        String.format(
            Locale.ROOT,
            "# Chosen with %s: mIoU %.1f %% -> %.1f %%.\n",
            truth,
            100 * before,
            100 * after));
    yaml.append("base: ").append(quoted(base)).append('\n');
    Map<String, Object> tree = new LinkedHashMap<>();
    chosen.forEach((key, value) -> put(tree, List.of(key.split("\\.")), value));
    write(yaml, tree, "");
    return yaml.toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @SuppressWarnings("unchecked") // inner maps are made here
  private static void put(Map<String, Object> tree, List<String> names, String value) {
    if (names.size() == 1) {
      tree.put(names.get(0), value);
    } else {
      Object inner = tree.computeIfAbsent(names.get(0), name -> new LinkedHashMap<>());
      put((Map<String, Object>) inner, names.subList(1, names.size()), value);
    }
  }

  private static void write(StringBuilder yaml, Map<?, ?> tree, String indent) {
    tree.forEach(
        (name, value) -> {
          yaml.append(indent).append(name).append(':');
          if (value instanceof Map<?, ?> inner) {
            yaml.append('\n');
            write(yaml, inner, indent + "  ");
          } else {
            yaml.append(' ').append(value).append('\n');
          }
        });
  }

  private String page() {
    Page page =
        new Page(
            "Settings tried",
            String.format(
                Locale.ROOT,
                "Compared with %s: mIoU %.1f %% before, %.1f %% after.",
                truth,
                100 * before,
                100 * after));
    Map<String, List<Tried>> byKey = new LinkedHashMap<>();
    tried.forEach(one -> byKey.computeIfAbsent(one.key(), key -> new ArrayList<>()).add(one));
    byKey.forEach((key, own) -> page.section(key, content(key, own)));
    return page.html();
  }

  private static List<Markup> content(String key, List<Tried> tried) {
    List<List<String>> rows =
        tried.stream()
            .map(
                one ->
                    List.of(
                        Integer.toString(one.round()),
                        one.value(),
                        String.format(Locale.ROOT, "%.2f %%", 100 * one.miou())))
            .toList();
    List<Markup> content = new ArrayList<>();
    if (tried.stream().allMatch(Tried::isNumber)) {
      Map<String, List<LineChart.Point>> lines = new LinkedHashMap<>();
      tried.forEach(
          one ->
              lines
                  .computeIfAbsent("round " + one.round(), name -> new ArrayList<>())
                  .add(new LineChart.Point(one.number(), 100 * one.miou())));
      content.add(
          new LineChart(
                  "mIoU, %",
                  key,
                  LineChart.Range.FITTING,
                  LineChart.Range.FITTING,
                  lines.entrySet().stream()
                      .map(line -> new LineChart.Line(line.getKey(), line.getValue()))
                      .toList(),
                  List.of())
              .draw());
    }
    content.add(Markup.table(List.of("round", "value", "mIoU"), rows));
    return content;
  }
}
