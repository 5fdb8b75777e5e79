package dev.wsss.train.run;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.html.Markup;
import dev.wsss.eval.html.PictureCard;
import dev.wsss.eval.html.PictureCard.View;
import dev.wsss.eval.report.ClassColours;
import dev.wsss.eval.report.PictureTile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The pictures of a report, each with its truth and its mask, as many as a small page holds. */
final class ReportPictures {
  private static final int MOST_BYTES = 1_300_000; // 1.75 million as text

  private final SegmentationDataset data;
  private int bytes;

  ReportPictures(SegmentationDataset data) {
    this.data = data;
  }

  /** A card for each picture, in their order, and a note on those that found no place. */
  List<Markup> cards(List<PicturePicks.Pick> picks) throws IOException {
    List<Markup> cards = new ArrayList<>();
    int left = picks.size();
    for (PicturePicks.Pick pick : picks) {
      Optional<Markup> card = card(pick);
      if (bytes > MOST_BYTES) {
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
    List<View> views = new ArrayList<>(List.of(new View("picture", PictureTile.of(image))));
    if (truth.isPresent()) {
      views.add(new View("truth", PictureTile.of(image, truth.get())));
    }
    views.add(new View("mask", PictureTile.of(image, pick.mask())));
    views.forEach(view -> bytes += view.tile().jpeg().length);
    return Optional.of(PictureCard.of(title(pick), views, colours(pick, truth)));
  }

  private static String title(PicturePicks.Pick pick) {
    return (pick.why().isEmpty() ? "" : pick.why() + ": ")
        + pick.example().id()
        + (Double.isNaN(pick.iou())
            ? ""
            : String.format(Locale.ROOT, ", IoU %.1f %%", 100 * pick.iou()));
  }

  private Map<String, String> colours(PicturePicks.Pick pick, Optional<IndexMask> truth) {
    List<IndexMask> masks = Stream.concat(truth.stream(), Stream.of(pick.mask())).toList();
    return ClassColours.of(data.classes(), pick.example().labels(), masks);
  }
}
