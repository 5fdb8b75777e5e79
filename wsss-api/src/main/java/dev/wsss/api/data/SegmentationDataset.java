package dev.wsss.api.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Pictures with image-level labels, and masks where a split has them.
 *
 * <p>The constructor checks everything that can be checked without decoding pictures (folders,
 * lists, labels, missing files) and throws {@link DataException}. Methods are called from several
 * threads at once.
 *
 * <p>An implementation may inject its configuration record only.
 */
public interface SegmentationDataset {

  /** The foreground classes. */
  ClassNames classes();

  /** Names of the splits, for example {@code train} and {@code val}. */
  List<String> splits();

  /**
   * The pictures of a split in a fixed order.
   *
   * @throws DataException if there is no such split
   */
  List<Example> examples(String split);

  /**
   * Decodes one picture, upright.
   *
   * @throws BadImageException if the file is truncated, no picture, or so large that decoding it
   *     would take all memory
   */
  RgbImage image(Example example) throws BadImageException;

  /**
   * Decodes the exact mask of the upright picture, for scoring only; empty where there is none.
   *
   * @throws BadImageException if the file is broken, has another size than the picture, or holds an
   *     index that is no class
   */
  Optional<IndexMask> mask(Example example) throws BadImageException;

  /**
   * The files that the picture and its mask are read from, those that exist, the picture's first. A
   * run tells from their content whether its data have changed; empty, the default, where there are
   * none: then it decodes a few pictures instead.
   */
  default List<Path> files(Example example) {
    return List.of();
  }

  /**
   * Where the mask of a picture lies below a folder of masks, as a path with forward slashes:
   * pseudo masks are written there, so that a data set that reads masks from a folder reads them
   * back. No two pictures of a split share one, and the last part has at most 255 bytes.
   */
  default String maskName(Example example) {
    return example.id() + ".png";
  }
}
