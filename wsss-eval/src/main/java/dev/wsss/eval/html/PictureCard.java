package dev.wsss.eval.html;

import dev.wsss.eval.report.PictureTile;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** One picture in several views, side by side, with the colours of its classes. */
public final class PictureCard {
  private PictureCard() {}

  /**
   * One view.
   *
   * @param name for example {@code truth}
   */
  public record View(String name, PictureTile tile) {}

  /**
   * A card.
   *
   * @param title for example why the picture is shown, and its name
   * @param colours by class name, as CSS writes them
   */
  public static Markup of(String title, List<View> views, Map<String, String> colours) {
    StringBuilder html = new StringBuilder("<figure class=\"card\"><div>\n");
    for (View view : views) {
      String name = Markup.text(view.name()).html();
      html.append(
          "<span class=\"tile\"><img width=\"%d\" height=\"%d\" alt=\"%s\" src=\"data:image/jpeg;base64,%s\"><small>%s</small></span>%n"
              .formatted(
                  view.tile().width(),
                  view.tile().height(),
                  name,
                  Base64.getEncoder().encodeToString(view.tile().jpeg()),
                  name));
    }
    html.append("</div><figcaption>").append(Markup.text(title).html());
    colours.forEach(
        (name, colour) ->
            html.append("<i class=\"chip\" style=\"background:")
                .append(colour)
                .append("\"></i>")
                .append(Markup.text(name).html()));
    return new Markup(html.append("</figcaption></figure>\n").toString());
  }
}
