package dev.wsss.train.run;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.html.Markup;
import dev.wsss.eval.html.PictureCard;
import dev.wsss.eval.report.PictureTile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The pictures of a report, each with its truth and its mask, as many as a small page holds. */
final class ReportPictures {
  private static final int MOST_LETTERS = 1_750_000;

  private final SegmentationDataset data;
  private int letters;

  ReportPictures(SegmentationDataset data) {
    this.data = data;
  }

  /** A card for each picture, in their order, and a note on those that found no place. */
  List<Markup> cards(List<PicturePicks.Pick> picks) throws IOException {
    List<Markup> cards = new ArrayList<>();
    int left = picks.size();
    for (PicturePicks.Pick pick : picks) {
      Optional<Markup> card = card(pick);
      if (letters > MOST_LETTERS) {
        break;
      }
      card.ifPresent(cards::add);
      left--;
    }
    if (cards.isEmpty()) {
      return List.of();
    }
    List<Markup> content = new ArrayList<>(List.of(Markup.row(cards)));
    if (left > 0) {
      content.add(
          Markup.paragraph(left + " more were chosen; they would make this page too large."));
    }
    return content;
  }

  private Optional<Markup> card(PicturePicks.Pick pick) throws IOException {
    RgbImage image;
    Optional<IndexMask> truth;
    try {
      image = PictureTile.shrunk(data.image(pick.example()), PicturePicks.LONG_SIDE);
      truth =
          data.mask(pick.example()).map(mask -> PictureTile.shrunk(mask, PicturePicks.LONG_SIDE));
    } catch (BadImageException e) {
      return Optional.empty(); // it has changed since it was scored
    }
    PictureCard card = new PictureCard(title(pick)).picture(image);
    if (truth.isPresent()) {
      card.mask("truth", truth.get());
    }
    Markup drawn = card.mask("mask", pick.mask()).draw(data.classes(), pick.example().labels());
    letters += drawn.html().length();
    return Optional.of(drawn);
  }

  private static String title(PicturePicks.Pick pick) {
    return (pick.why().isEmpty() ? "" : pick.why() + ": ")
        + pick.example().id()
        + (Double.isNaN(pick.iou())
            ? ""
            : String.format(Locale.ROOT, ", IoU %.1f %%", 100 * pick.iou()));
  }
}
