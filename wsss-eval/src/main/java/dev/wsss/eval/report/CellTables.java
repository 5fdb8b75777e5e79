package dev.wsss.eval.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Cells of an ablation side by side, in every form in which they are written. */
public interface CellTables {

  /** What the numbers are: a sentence. */
  String title();

  /** Cells are rows, the baseline among them. */
  List<TextTable> tables();

  /** How differences are meant, lines with their ends; empty where nothing is compared. */
  String notes();

  /** The usual scores of each run, with all digits. */
  String csv();

  /**
   * One line for each number of each run, with the axes' columns and then {@code
   * metric,name,mode,class,seed,value}; class {@code mean} is the mean over classes; shares 0…1.
   * What has no number is left out.
   */
  String scoresCsv();

  /** The tables as aligned text. */
  default String terminal() {
    return text(TextTable::terminal, prose -> prose);
  }

  /** The tables as Markdown. */
  default String markdown() {
    return text(TextTable::markdown, prose -> prose);
  }

  /** The tables as {@code tabular}s of LaTeX; title and notes are comments. */
  default String latex() {
    return text(TextTable::latex, prose -> prose.replaceAll("(?m)^(?=.)", "% "));
  }

  private String text(Function<TextTable, String> layout, UnaryOperator<String> prose) {
    List<String> parts = new ArrayList<>(List.of(prose.apply(title() + "\n")));
    tables().forEach(table -> parts.add(layout.apply(table)));
    String notes = notes();
    if (!notes.isEmpty()) {
      parts.add(prose.apply(notes));
    }
    return String.join("\n", parts);
  }
}
