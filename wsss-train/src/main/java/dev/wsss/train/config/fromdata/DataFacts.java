package dev.wsss.train.config.fromdata;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.image.PictureFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the rules ask of a training split. Validation pictures are never looked at.
 *
 * @param pictures N
 * @param classes K
 * @param labels that are given, 0…N·K
 * @param longSide median of the longer side of a few pictures, in pixels
 */
public record DataFacts(int pictures, int classes, long labels, int longSide) {
  /** Pictures whose size is looked at, evenly spread; for a median they are enough. */
  private static final int SIZES = 32;

  /**
   * Reads labels, and the size of a few pictures.
   *
   * @param examples that are learned
   * @throws DataException if there are none, or none of those can be read
   */
  public static DataFacts of(SegmentationDataset data, List<Example> examples) {
    if (examples.isEmpty()) {
      throw new DataException("there are no pictures to learn from");
    }
    long labels = examples.stream().mapToLong(example -> example.labels().cardinality()).sum();
    return new DataFacts(examples.size(), data.classes().count(), labels, longSide(data, examples));
  }

  /** The same of pictures that are scaled down to a longer side, in pixels, where it is larger. */
  DataFacts scaledDown(int pictureSide) {
    return new DataFacts(pictures, classes, labels, Math.min(longSide, pictureSide));
  }

  /** The share of labels that are given, 0…1. */
  public double share() {
    return labels / ((double) pictures * classes);
  }

  private static int longSide(SegmentationDataset data, List<Example> examples) {
    List<Integer> sides = new ArrayList<>();
    String last = "";
    int looked = Math.min(SIZES, examples.size());
    for (int i = 0; i < looked; i++) {
      try {
        sides.add(longSide(data, examples.get((int) ((long) i * examples.size() / looked))));
      } catch (BadImageException e) {
        last = "; the last of them: " + e.getMessage();
      }
    }
    if (sides.isEmpty()) {
      throw new DataException("none of %d training pictures can be read%s".formatted(looked, last));
    }
    return sides.stream().sorted().skip(sides.size() / 2).findFirst().orElseThrow();
  }

  private static int longSide(SegmentationDataset data, Example example) throws BadImageException {
    OptionalInt written = writtenLongSide(data.files(example));
    if (written.isPresent()) {
      return written.getAsInt();
    }
    RgbImage image = data.image(example);
    return Math.max(image.width(), image.height());
  }

  /** By the file's header; empty where the picture is no file, or in a format of its own. */
  private static OptionalInt writtenLongSide(List<Path> files) {
    try {
      if (!files.isEmpty()) {
        PictureFile.Size size = new PictureFile(files.get(0)).size();
        return OptionalInt.of(Math.max(size.width(), size.height()));
      }
    } catch (BadImageException e) {
      // the data set itself may read it, or says what is wrong
    }
    return OptionalInt.empty();
  }
}
