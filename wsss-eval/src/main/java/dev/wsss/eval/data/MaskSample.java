package dev.wsss.eval.data;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a few masks of each split before anything is trained: many tools write the one class
 * that there is as 255, which is not counted, and then to find nothing would be perfect.
 */
final class MaskSample {
  private static final int MASKS = 8;

  private final ClassNames classes;
  private final Splits splits;
  private final Masks masks;

  MaskSample(ClassNames classes, Splits splits, Masks masks) {
    this.classes = classes;
    this.splits = splits;
    this.masks = masks;
  }

  /** Reads the mask of a picture. */
  interface Masks {
    Optional<IndexMask> of(String id) throws BadImageException;
  }

  /** Reports splits whose masks show no class and hold 255, though the pictures are labelled. */
  void check(DataProblems problems) {
    splits.names().forEach(split -> check(split, problems));
  }

  private void check(String split, DataProblems problems) {
    List<Example> labelled =
        splits.examples(split).stream().filter(example -> !example.labels().isEmpty()).toList();
    boolean[] shown = new boolean[256];
    int seen = 0;
    int step = Math.max(1, labelled.size() / MASKS);
    for (int i = 0; i < labelled.size(); i += step) {
      Optional<IndexMask> mask = mask(labelled.get(i));
      if (mask.isPresent()) {
        seen++;
        for (byte index : mask.get().indices()) {
          shown[index & 0xff] = true;
        }
      }
    }
    if (shown[IndexMask.IGNORE] && !showsClass(shown)) {
      String first = classes.foreground().get(0);
      problems.add(
          "split '%s': its pictures have labels, but none of %d masks looked at shows a class; they hold %s255 (not counted). If 255 stands for a class, name it, for example data.mask-values: {255: %s}"
              .formatted(split, seen, shown[0] ? "0 (background) and " : "", first));
    }
  }

  private boolean showsClass(boolean[] shown) {
    for (int index = 1; index <= classes.count(); index++) {
      if (shown[index]) {
        return true;
      }
    }
    return false;
  }

  private Optional<IndexMask> mask(Example example) {
    try {
      return masks.of(example.id());
    } catch (BadImageException e) {
      return Optional.empty(); // told where it is scored
    }
  }
}
