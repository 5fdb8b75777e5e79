package dev.wsss.eval.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines over numbered places, as SVG with axes and a legend; numbers that are not finite are left
 * out.
 *
 * @param title above it
 * @param across what the horizontal axis counts
 * @param x range of that axis
 * @param y range of the other
 * @param marks upright lines
 */
public record LineChart(
    String title, String across, Range x, Range y, List<Line> lines, List<Mark> marks) {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 230;
  private static final int LEFT = 46;
  private static final int RIGHT = 12;
  private static final int TOP = 24;
  private static final int BOTTOM = 36;
  private static final int LEGEND_LINE = 18;
  private static final int LETTER = 7;
  private static final int COLOURS = 6;
  private static final List<String> DASHES = List.of("", "7 3", "2 3", "9 3 2 3");

  /** A range; {@link #FITTING} where the numbers give it. */
  public record Range(double low, double high) {
    /** As wide as the numbers are. */
    public static final Range FITTING = new Range(Double.NaN, Double.NaN);
  }

  /** A line through points in the order of x. */
  public record Line(String name, List<Point> points) {
    public Line {
      points =
          points.stream().filter(p -> Double.isFinite(p.x()) && Double.isFinite(p.y())).toList();
    }

    /** Values at 1, 2, 3 and so on. */
    public static Line numbered(String name, List<Double> values) {
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        points.add(new Point(i + 1, values.get(i)));
      }
      return new Line(name, points);
    }
  }

  /** A point of a line. */
  public record Point(double x, double y) {}

  /** An upright line with its name. */
  public record Mark(String name, double x) {}

  /** The chart; nothing where no line has a point. */
  public Markup draw() {
    List<Point> all = lines.stream().flatMap(line -> line.points().stream()).toList();
    if (all.isEmpty()) {
      return new Markup("");
    }
    Ticks across = ticks(x, all.stream().mapToDouble(Point::x).toArray(), true);
    Ticks up = ticks(y, all.stream().mapToDouble(Point::y).toArray(), false);
    List<String> legend = legend();
    int height = HEIGHT + LEGEND_LINE * rowsOf(legend);
    StringBuilder svg = new StringBuilder();
    add(svg, "<figure class=\"chart\"><svg viewBox=\"0 0 %d %d\" role=\"img\">", WIDTH, height);
    add(svg, "<title>%s</title>", Markup.text(title).html());
    text(svg, LEFT, 14, "start", " class=\"title\"", title);
    axes(svg, across, up);
    for (Mark mark : marks) {
      double at = at(across, mark.x());
      add(
          svg,
          "<path class=\"axis\" stroke-dasharray=\"3 3\" d=\"M%.1f %d V%d\"/>",
          at,
          TOP,
          HEIGHT - BOTTOM);
      boolean isLeft = at < WIDTH / 2.0;
      text(svg, at + (isLeft ? 4 : -4), TOP + 12, isLeft ? "start" : "end", "", mark.name());
    }
    for (int i = 0; i < lines.size(); i++) {
      line(svg, i, across, up);
    }
    legend(svg, legend);
    return new Markup(svg.append("</svg></figure>\n").toString());
  }

  private static Ticks ticks(Range range, double[] values, boolean whole) {
    boolean fits = Double.isNaN(range.low());
    double low = fits ? java.util.Arrays.stream(values).min().orElse(0) : range.low();
    double high = fits ? java.util.Arrays.stream(values).max().orElse(1) : range.high();
    return fits && whole ? Ticks.whole(low, high) : Ticks.around(low, high);
  }

  private void axes(StringBuilder svg, Ticks across, Ticks up) {
    for (double value : up.values()) {
      double at = at(up, value, TOP, HEIGHT - BOTTOM);
      add(svg, "<path class=\"grid\" d=\"M%d %.1f H%d\"/>", LEFT, at, WIDTH - RIGHT);
      text(svg, LEFT - 5, at + 4, "end", "", up.label(value));
    }
    for (double value : across.values()) {
      double at = at(across, value);
      add(svg, "<path class=\"axis\" d=\"M%.1f %d v4\"/>", at, HEIGHT - BOTTOM);
      text(svg, at, HEIGHT - BOTTOM + 16, "middle", "", across.label(value));
    }
    add(
        svg,
        "<path class=\"axis\" d=\"M%d %d V%d H%d\"/>",
        LEFT,
        TOP,
        HEIGHT - BOTTOM,
        WIDTH - RIGHT);
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 4, "middle", "", this.across);
  }

  private static double at(Ticks across, double x) {
    return LEFT + (WIDTH - LEFT - RIGHT) * across.place(x);
  }

  private static double at(Ticks up, double y, int top, int bottom) {
    return bottom - (bottom - top) * up.place(y);
  }

  private void line(StringBuilder svg, int number, Ticks across, Ticks up) {
    List<Point> points = lines.get(number).points();
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      add(
          path,
          "%s%.1f %.1f",
          path.isEmpty() ? "M" : " L",
          at(across, point.x()),
          at(up, point.y(), TOP, HEIGHT - BOTTOM));
    }
    if (points.size() == 1) {
      path.append(" h.1"); // a dot, through the round ends of the line
    }
    add(svg, "<path %s d=\"%s\"/>", stroke(number, points.size() == 1 ? 6 : 2), path);
  }

  private static String stroke(int number, int width) {
    String dash = DASHES.get(number / COLOURS % DASHES.size());
    return "stroke=\"var(--c%d)\" stroke-width=\"%d\" stroke-linecap=\"round\"%s"
        .formatted(
            number % COLOURS,
            width,
            dash.isEmpty() ? "" : " stroke-dasharray=\"%s\"".formatted(dash));
  }

  private List<String> legend() {
    return lines.stream().map(Line::name).toList();
  }

  /** Places of the legend's entries: x of each, and a line break before it where it needs one. */
  private static int rowsOf(List<String> names) {
    int rows = 1;
    int x = LEFT;
    for (String name : names) {
      if (x > LEFT && x + widthOf(name) > WIDTH) {
        rows++;
        x = LEFT;
      }
      x += widthOf(name);
    }
    return rows;
  }

  private static int widthOf(String name) {
    return 40 + LETTER * name.length();
  }

  private static void legend(StringBuilder svg, List<String> names) {
    int x = LEFT;
    int y = HEIGHT + 12;
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (x > LEFT && x + widthOf(name) > WIDTH) {
        x = LEFT;
        y += LEGEND_LINE;
      }
      add(svg, "<path %s d=\"M%d %d h18\"/>", stroke(i, 3), x, y - 4);
      text(svg, x + 24, y, "start", "", name);
      x += widthOf(name);
    }
  }

  private static void text(
      StringBuilder svg, double x, double y, String anchor, String more, String text) {
    add(
        svg,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>%s</text>",
        x,
        y,
        anchor,
        more,
        Markup.text(text).html());
  }

  private static void add(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }
}
