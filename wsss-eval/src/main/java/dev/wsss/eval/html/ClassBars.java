package dev.wsss.eval.html;

import java.util.Locale;
import java.util.Map;

/** A bar for each class. */
public final class ClassBars {
  private ClassBars() {}

  /**
   * Shares 0…1 in per cent, with bars of that length; a dash where a class never occurs.
   *
   * @param shares by class name, in the order in which they are shown
   */
  public static Markup of(Map<String, Double> shares) {
    StringBuilder html = new StringBuilder("<div class=\"bars\">\n");
    shares.forEach(
        (name, share) -> {
          boolean known = !Double.isNaN(share);
          html.append(
              String.format(
                  Locale.ROOT,
                  "<span>%s</span>%s<b>%s</b>%n",
                  Markup.text(name).html(),
                  known
                      ? String.format(
                          Locale.ROOT, "<span><i style=\"width:%.1f%%\"></i></span>", 100 * share)
                      : "<small>never there</small>",
                  known ? String.format(Locale.ROOT, "%.1f %%", 100 * share) : "–"));
        });
    return new Markup(html.append("</div>\n").toString());
  }
}
