package dev.wsss.eval.cam;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.metric.Prediction;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The classes that pictures with masks are labelled with, and those that the masks show. */
final class MaskedLabels {
  private final BitSet labels = new BitSet();
  private final boolean[] indices = new boolean[256];
  private int masks;

  void add(Prediction prediction) {
    prediction.truth().ifPresent(mask -> add(prediction.example().labels(), mask));
  }

  private void add(BitSet classes, IndexMask mask) {
    masks++;
    labels.or(classes);
    for (byte index : mask.indices()) {
      indices[index & 0xff] = true;
    }
  }

  /** A sentence on the labels that no mask shows, if there are such. */
  Optional<String> neverShown(ClassNames classes) {
    List<String> missing =
        labels.stream().filter(k -> !indices[k + 1]).mapToObj(classes.foreground()::get).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s: a label of pictures with masks, but none of the %d masks shows it, so whatever is predicted as it counts as wrong. If a value of the masks stands for it, data.mask-values can say so"
                .formatted(String.join(", ", missing), masks));
  }
}
