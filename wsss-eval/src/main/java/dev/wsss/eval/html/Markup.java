package dev.wsss.eval.html;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of HTML. Text becomes one through {@link #text} only, so that none is taken for tags.
 *
 * @param html as it stands in the page
 */
public record Markup(String html) {

  /** Text as it reads. */
  public static Markup text(String text) {
    return new Markup(
        text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;"));
  }

  /** A paragraph of text. */
  public static Markup paragraph(String text) {
    return new Markup("<p>" + text(text).html + "</p>\n");
  }

  /** A link to a file beside the page. */
  public static Markup link(String file) {
    return new Markup("<a href=\"%1$s\">%1$s</a>".formatted(text(file).html));
  }

  /**
   * A table of text; the first column is aligned to the left, the others to the right.
   *
   * @param rows each with as many cells as the header
   */
  public static Markup table(List<String> header, List<List<String>> rows) {
    StringBuilder html = new StringBuilder("<div class=\"wide\"><table>\n");
    html.append(row("th", header));
    rows.forEach(row -> html.append(row("td", row)));
    return new Markup(html.append("</table></div>\n").toString());
  }

  private static String row(String cell, List<String> texts) {
    return texts.stream()
        .map(text -> "<" + cell + ">" + text(text).html + "</" + cell + ">")
        .collect(Collectors.joining("", "<tr>", "</tr>\n"));
  }

  /** Something that is shown once its title is clicked. */
  public static Markup folded(String title, List<Markup> content) {
    return new Markup(
        "<details><summary>"
            + text(title).html
            + "</summary>\n"
            + row(content).html
            + "</details>\n");
  }

  /** Pieces beside each other where the window is wide enough, else below each other. */
  public static Markup row(List<Markup> pieces) {
    return new Markup(
        pieces.stream()
            .map(Markup::html)
            .collect(Collectors.joining("", "<div class=\"row\">\n", "</div>\n")));
  }
}
