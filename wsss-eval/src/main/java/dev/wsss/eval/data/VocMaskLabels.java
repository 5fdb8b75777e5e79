package dev.wsss.eval.data;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.IndexMask;
import java.util.BitSet;

/** Labels from the classes that a picture's mask shows; the masks are decoded for this. */
record VocMaskLabels(VocFiles files) implements VocLabels {

  @Override
  public BitSet of(String id, DataProblems problems) {
    BitSet labels = new BitSet();
    try {
      files.mask(id).ifPresent(mask -> collect(mask, labels));
    } catch (BadImageException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    return labels;
  }

  @Override
  public String place(String id) {
    return files.maskFile(id).toString();
  }

  private static void collect(IndexMask mask, BitSet labels) {
    for (byte index : mask.indices()) {
      int value = index & 0xff;
      if (value > 0 && value != IndexMask.IGNORE) {
        labels.set(value - 1);
      }
    }
  }
}
