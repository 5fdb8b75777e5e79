package dev.wsss.eval.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of text under a heading, for a terminal, Markdown or LaTeX. The first column is aligned to
 * the left, the others to the right.
 */
public record TextTable(String heading, List<String> header, List<List<String>> rows) {

  /** Columns that line up. */
  public String terminal() {
    int columns = header.size();
    int[] widths = new int[columns];
    for (int c = 0; c < columns; c++) {
      widths[c] = header.get(c).length();
      for (List<String> row : rows) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder(heading).append('\n');
    line(text, header, widths);
    rows.forEach(row -> line(text, row, widths));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String padding = " ".repeat(widths[c] - cells.get(c).length());
      line.append("  ").append(c == 0 ? cells.get(c) + padding : padding + cells.get(c));
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  /** A table of Markdown. */
  public String markdown() {
    StringBuilder text = new StringBuilder("**").append(heading).append("**\n\n");
    text.append(pipes(header)).append("|---|");
    text.append("---:|".repeat(header.size() - 1)).append('\n');
    rows.forEach(row -> text.append(pipes(row)));
    return text.toString();
  }

  /** A table of LaTeX. */
  public String latex() {
    StringBuilder text = new StringBuilder("% ").append(heading).append('\n');
    text.append("\\begin{tabular}{l").append("r".repeat(header.size() - 1)).append("}\n");
    text.append(ampersands(header)).append("\\hline\n");
    rows.forEach(row -> text.append(ampersands(row)));
    return text.append("\\end{tabular}\n").toString();
  }

  private static String ampersands(List<String> cells) {
    return cells.stream()
        .map(TextTable::escapedForLatex)
        .collect(Collectors.joining(" & ", "", " \\\\\n"));
  }

  private static String escapedForLatex(String cell) {
    return cell.replaceAll("[\\\\~^]", "\\\\char`\\\\$0 ")
        .replaceAll("[&%$#_{}]", "\\\\$0")
        .replace("±", "$\\pm$")
        .replace("–", "--");
  }

  private static String pipes(List<String> cells) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> cells.get(i).replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
