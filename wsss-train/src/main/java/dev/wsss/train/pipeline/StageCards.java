package dev.wsss.train.pipeline;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.html.Markup;
import dev.wsss.eval.html.PictureCard;
import dev.wsss.eval.report.PictureTile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pictures under the exact mask, where there is one, and under the masks of each stage, side by
 * side. What cannot be shown of a picture says why.
 *
 * @param masks by what they are called
 */
record StageCards(SegmentationDataset data, Map<String, Masks> masks) {
  private static final int LONG_SIDE = 240;

  /** The mask of a picture; empty where there is none. */
  interface Masks {
    Optional<IndexMask> of(Example example) throws BadImageException;

    default boolean hasOneOf(List<Example> pictures) {
      return pictures.stream().anyMatch(this::has);
    }

    private boolean has(Example example) {
      try {
        return of(example).isPresent();
      } catch (BadImageException e) {
        return true; // its card says what is wrong with it
      }
    }
  }

  /** For these pictures: all cards show the same stages, those that have a mask of any of them. */
  static StageCards of(
      SegmentationDataset data, List<PipelineResult.Row> rows, List<Example> pictures) {
    Map<String, Masks> masks = new LinkedHashMap<>();
    masks.put("truth", data::mask);
    rows.forEach(row -> masks.put(row.stage(), new MaskFolder(row.folder(), data)::read));
    masks.values().removeIf(own -> !own.hasOneOf(pictures));
    return new StageCards(data, masks);
  }

  /**
   * The card of a picture.
   *
   * @param note follows its name; may be empty
   */
  Markup card(Example example, String note) throws IOException {
    PictureCard card = new PictureCard(example.id() + note);
    try {
      card.picture(PictureTile.shrunk(data.image(example), LONG_SIDE));
    } catch (BadImageException e) {
      card.missing("picture", String.valueOf(e.getMessage()));
    }
    for (Map.Entry<String, Masks> own : masks.entrySet()) {
      String name = own.getKey();
      try {
        Optional<IndexMask> mask = own.getValue().of(example);
        if (mask.isPresent()) {
          card.mask(name, PictureTile.shrunk(mask.get(), LONG_SIDE));
        } else {
          card.missing(name, "no mask");
        }
      } catch (BadImageException e) {
        card.missing(name, String.valueOf(e.getMessage()));
      }
    }
    return card.draw(data.classes(), example.labels());
  }
}
