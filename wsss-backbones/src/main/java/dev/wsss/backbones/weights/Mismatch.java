package dev.wsss.backbones.weights;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** What of a file of weights does not fit a network, collected to be said at once. */
final class Mismatch {
  private static final int LINES_OF_A_KIND = 20;

  private final List<String> misshapen = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> unexpected = new ArrayList<>();

  void misshapen(String name, Shape found, Shape wanted) {
    misshapen.add(
        "%s is %s, the network has %s"
            .formatted(name, Pretraining.text(found), Pretraining.text(wanted)));
  }

  void missing(String name, Shape wanted) {
    missing.add(name + " " + Pretraining.text(wanted));
  }

  void unexpected(String name, Shape found) {
    unexpected.add(name + " " + Pretraining.text(found));
  }

  boolean any() {
    return !misshapen.isEmpty() || !missing.isEmpty() || !unexpected.isEmpty();
  }

  /** For example {@code 0 misshapen, 102 missing, 260 unexpected}. */
  String counts() {
    return "%d misshapen, %d missing, %d unexpected"
        .formatted(misshapen.size(), missing.size(), unexpected.size());
  }

  /** One line a tensor, each after a line break. */
  String lines() {
    return lines("misshapen", misshapen)
        + lines("missing", missing)
        + lines("unexpected", unexpected);
  }

  private static String lines(String kind, List<String> tensors) {
    StringBuilder text = new StringBuilder();
    tensors.stream()
        .limit(LINES_OF_A_KIND)
        .forEach(tensor -> text.append("\n  ").append(kind).append(": ").append(tensor));
    if (tensors.size() > LINES_OF_A_KIND) {
      text.append("\n  … and ")
          .append(tensors.size() - LINES_OF_A_KIND)
          .append(" more ")
          .append(kind);
    }
    return text.toString();
  }
}
