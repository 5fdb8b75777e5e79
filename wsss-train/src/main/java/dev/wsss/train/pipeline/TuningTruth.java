package dev.wsss.train.pipeline;

import dev.wsss.api.config.Spelling;
import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.eval.data.PointTable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What settings are compared with: masks of the training pictures set apart, or clicked pixels of
 * training pictures, as masks in which all other pixels do not count.
 *
 * @param of for messages, such as {@code masks of 46 pictures set apart}
 */
record TuningTruth(String of, Map<Example, IndexMask> masks) {

  /**
   * The masks of the pictures set apart.
   *
   * @throws DataException if none of them has one
   */
  static TuningTruth ofMasks(PipelinePictures pictures) {
    Map<Example, IndexMask> masks = new LinkedHashMap<>();
    try {
      for (Example example : pictures.heldOut()) {
        Optional<IndexMask> mask = pictures.data().mask(example);
        mask.ifPresent(own -> masks.put(example, own));
      }
    } catch (BadImageException e) {
      throw new DataException(String.valueOf(e.getMessage()), e);
    }
    if (masks.isEmpty()) {
      throw new DataException(
          "none of the %d pictures of split '%s' that are set apart (scoring.held-out-share) has a mask, so there is nothing to choose settings with; click some pixels and give them with --points"
              .formatted(pictures.heldOut().size(), pictures.trainingSplit()));
    }
    return new TuningTruth("masks of %d pictures set apart".formatted(masks.size()), masks);
  }

  /**
   * Clicked pixels.
   *
   * @param table see {@link PointTable}; images by the names that the data set has for them
   * @throws DataException if the table is wrong, or names a picture or pixel that there is none of
   */
  static TuningTruth ofPoints(Path table, PipelinePictures pictures) {
    Map<String, Example> byId =
        pictures.training().stream().collect(Collectors.toMap(Example::id, Function.identity()));
    Map<Example, IndexMask> masks = new LinkedHashMap<>();
    int points = 0;
    for (var entry : PointTable.read(table, pictures.data().classes()).entrySet()) {
      Example example = byId.get(entry.getKey());
      if (example == null) {
        throw new DataException(
            "%s:%d: '%s' is no picture of split '%s'%s"
                .formatted(
                    table,
                    entry.getValue().get(0).line(),
                    entry.getKey(),
                    pictures.trainingSplit(),
                    Spelling.suggestion(entry.getKey(), byId.keySet())));
      }
      masks.put(example, mask(table, example, entry.getValue(), pictures));
      points += entry.getValue().size();
    }
    return new TuningTruth(
        "%d points in %d picture%s".formatted(points, masks.size(), masks.size() == 1 ? "" : "s"),
        masks);
  }

  private static IndexMask mask(
      Path table, Example example, List<PointTable.Point> points, PipelinePictures pictures) {
    RgbImage image;
    try {
      image = pictures.data().image(example);
    } catch (BadImageException e) {
      throw new DataException(String.valueOf(e.getMessage()), e);
    }
    byte[] indices = new byte[image.width() * image.height()];
    Arrays.fill(indices, (byte) IndexMask.IGNORE);
    for (PointTable.Point point : points) {
      if (point.x() >= image.width() || point.y() >= image.height()) {
        throw new DataException(
            "%s:%d: %d, %d is outside '%s', which has %d×%d pixels"
                .formatted(
                    table,
                    point.line(),
                    point.x(),
                    point.y(),
                    example.id(),
                    image.width(),
                    image.height()));
      }
      indices[point.y() * image.width() + point.x()] = (byte) point.index();
    }
    return new IndexMask(image.width(), image.height(), indices);
  }
}
