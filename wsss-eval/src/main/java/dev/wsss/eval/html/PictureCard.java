package dev.wsss.eval.html;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.eval.report.ClassColours;
import dev.wsss.eval.report.MaskLayer;
import dev.wsss.eval.report.PictureTile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;

/**
 * One picture, plain and under masks, side by side, with the colours of the classes. The page holds
 * the picture once, however many masks are laid over it.
 */
public final class PictureCard {
  /** More do not fit beside each other in half a page. */
  private static final int VIEWS_IN_HALF_A_PAGE = 3;

  private final String title;
  private final List<IndexMask> masks = new ArrayList<>();
  private final StringBuilder tiles = new StringBuilder();
  private String style = "";
  private int views;

  /**
   * @param title for example why the picture is shown, and its name
   */
  public PictureCard(String title) {
    this.title = title;
  }

  /** Shows the picture, and lays the masks of this card over it. */
  public PictureCard picture(RgbImage image) throws IOException {
    style =
        " style=\"--picture:url(data:image/jpeg;base64,%s)\""
            .formatted(base64(PictureTile.of(image).jpeg()));
    return layer(
        "picture",
        new IndexMask(image.width(), image.height(), new byte[image.width() * image.height()]));
  }

  /**
   * Shows the picture under a mask; background shows it as it is.
   *
   * @param name for example {@code truth}
   */
  public PictureCard mask(String name, IndexMask mask) throws IOException {
    masks.add(mask);
    return layer(name, mask);
  }

  /** Says in place of a view why there is none. */
  public PictureCard missing(String name, String why) {
    return view(name, "<span class=\"none\">" + Markup.text(why).html() + "</span>");
  }

  private PictureCard layer(String name, IndexMask mask) throws IOException {
    return view(
        name,
        "<img width=\"%d\" height=\"%d\" alt=\"%s\" src=\"data:image/png;base64,%s\">"
            .formatted(
                mask.width(),
                mask.height(),
                Markup.text(name).html(),
                base64(MaskLayer.png(mask))));
  }

  private PictureCard view(String name, String shown) {
    tiles.append("<span class=\"tile\">").append(shown);
    tiles.append("<small>").append(Markup.text(name).html()).append("</small></span>\n");
    views++;
    return this;
  }

  /**
   * The card, with the colours of the picture's classes, and of what its masks hold besides.
   *
   * @param labels indices of foreground classes, from 0
   */
  public Markup draw(ClassNames classes, BitSet labels) {
    StringBuilder html = new StringBuilder("<figure class=\"card");
    html.append(views > VIEWS_IN_HALF_A_PAGE ? " strip" : "").append('"').append(style);
    html.append("><div>\n").append(tiles);
    html.append("</div><figcaption>").append(Markup.text(title).html());
    ClassColours.of(classes, labels, masks)
        .forEach(
            (name, colour) ->
                html.append("<i class=\"chip\" style=\"background:")
                    .append(colour)
                    .append("\"></i>")
                    .append(Markup.text(name).html())
                    .append(
                        labels.get(classes.foreground().indexOf(name)) ? "" : " (not labelled)"));
    return new Markup(html.append("</figcaption></figure>\n").toString());
  }

  private static String base64(byte[] file) {
    return Base64.getEncoder().encodeToString(file);
  }
}
