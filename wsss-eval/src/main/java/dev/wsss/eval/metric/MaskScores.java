package dev.wsss.eval.metric;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.image.MaskFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder of masks, whatever made them, against the exact ones of a data set, beside masks that
 * need no network.
 *
 * @param pictures that were scored
 * @param unmasked pictures that the data set has no mask of, which are left out
 * @param counts of each picture, in their order
 * @param masks the folder's
 * @param background of background alone
 * @param whole every pixel gets its picture's label
 * @param disc a disc in the middle, of half the picture's area, gets it
 */
public record MaskScores(
    int pictures,
    int unmasked,
    List<PictureCounts> counts,
    Tally masks,
    Tally background,
    Tally whole,
    Tally disc) {

  public MaskScores {
    counts = List.copyOf(counts);
  }

  /** What was counted of one kind of masks. */
  public record Tally(Confusion confusion, BoundaryF boundary) {
    private Tally(int classes) {
      this(new Confusion(classes), new BoundaryF(classes));
    }

    private void add(Example example, IndexMask truth, IndexMask predicted) {
      confusion.add(example.id(), truth, predicted);
      boundary.add(truth, predicted);
    }
  }

  /**
   * Scores a folder.
   *
   * @param examples of the data set
   * @param folder a PNG with an index a pixel for each of them, under its {@link
   *     SegmentationDataset#maskName}; 255 is a pixel that nobody could tell
   * @throws DataException if a mask is missing, broken or does not fit, or there is nothing to
   *     score
   */
  public static MaskScores of(SegmentationDataset data, List<Example> examples, Path folder) {
    requireAll(data, examples, folder);
    int classes = data.classes().count();
    TrivialMasks trivial = new TrivialMasks(examples, classes);
    MaskScores scores =
        new MaskScores(
            0,
            0,
            List.of(),
            new Tally(classes),
            new Tally(classes),
            new Tally(classes),
            new Tally(classes));
    List<PictureCounts> counts = new ArrayList<>();
    int scored = 0;
    for (Example example : examples) {
      Path file = folder.resolve(data.maskName(example));
      try {
        Optional<IndexMask> truth = data.mask(example);
        if (truth.isPresent()) {
          IndexMask mask = new MaskFile(file).read();
          scores.add(example, truth.get(), mask, file, trivial);
          PictureCounts.of(example.id(), truth.get(), mask).ifPresent(counts::add);
          scored++;
        }
      } catch (BadImageException e) {
        throw new DataException(String.valueOf(e.getMessage()), e);
      }
    }
    if (scored == 0) {
      throw new DataException(
          "none of the %d pictures has an exact mask, so there is nothing to score %s with"
              .formatted(examples.size(), folder));
    }
    return new MaskScores(
        scored,
        examples.size() - scored,
        counts,
        scores.masks,
        scores.background,
        scores.whole,
        scores.disc);
  }

  private void add(
      Example example, IndexMask truth, IndexMask predicted, Path file, TrivialMasks trivial) {
    try {
      masks.add(example, truth, predicted);
    } catch (IllegalArgumentException e) {
      throw new DataException(file + ": " + e.getMessage(), e);
    }
    int width = truth.width();
    int height = truth.height();
    background.add(example, truth, trivial.background(width, height));
    whole.add(example, truth, trivial.whole(example, width, height));
    disc.add(example, truth, trivial.disc(example, width, height));
  }

  /** Before any is read: a folder of other names is the usual slip. */
  private static void requireAll(SegmentationDataset data, List<Example> examples, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DataException(folder + ": no such folder");
    }
    List<String> missing = new ArrayList<>();
    for (Example example : examples) {
      if (!Files.exists(folder.resolve(data.maskName(example)))) {
        missing.add(data.maskName(example));
      }
    }
    if (!missing.isEmpty()) {
      throw new DataException(
          "%s lacks the masks of %d of %d pictures, for example %s"
              .formatted(folder, missing.size(), examples.size(), missing.get(0)));
    }
  }
}
