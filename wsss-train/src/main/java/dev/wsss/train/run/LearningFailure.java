package dev.wsss.train.run;

import dev.wsss.eval.html.Markup;
import java.util.ArrayList;
import java.util.List;

/**
 * That a run has learned nothing, though it came to its end.
 *
 * @param signs what says so, with numbers; at least one clause
 * @param changes what to try next, the likeliest first; at least one
 */
public record LearningFailure(List<String> signs, List<String> changes) {

  public LearningFailure {
    signs = List.copyOf(signs);
    changes = List.copyOf(changes);
  }

  /** Several lines for people. */
  @Override
  public String toString() {
    return "it seems that nothing was learned:\n  "
        + String.join("\n  ", signs)
        + "\nwhat to change:\n  "
        + String.join("\n  ", changes);
  }

  /** The same for a page. */
  public List<Markup> markup() {
    List<Markup> content = new ArrayList<>();
    signs.forEach(sign -> content.add(Markup.paragraph("It seems so, since " + sign + ".")));
    changes.forEach(change -> content.add(Markup.paragraph("To change: " + change + ".")));
    return content;
  }
}
