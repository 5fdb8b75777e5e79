package dev.wsss.backbones.weights;

import ai.djl.ndarray.types.Shape;
import dev.wsss.api.config.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What of a file of weights does not fit a network, collected to be said at once. */
final class Mismatch {
  private static final int LINES_OF_A_KIND = 20;

  private final List<String> misshapen = new ArrayList<>();
  private final Map<String, String> missing = new LinkedHashMap<>();
  private final Map<String, String> unexpected = new LinkedHashMap<>();

  void misshapen(String name, Shape found, Shape wanted) {
    misshapen.add(
        "%s is %s, the network has %s"
            .formatted(name, Pretraining.text(found), Pretraining.text(wanted)));
  }

  void missing(String name, Shape wanted) {
    missing.put(name, name + " " + Pretraining.text(wanted));
  }

  void unexpected(String name, Shape found) {
    unexpected.put(name, name + " " + Pretraining.text(found));
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
    return lines(name -> "");
  }

  /** The same with what the file may call a missing tensor. */
  String linesWithNearestNames() {
    return lines(
        name ->
            Spelling.nearest(name, unexpected.keySet())
                .map(found -> "; did the file mean it by " + found + "?")
                .orElse(""));
  }

  /** Asks for hints on the lines that are shown only, since they take time. */
  private String lines(UnaryOperator<String> hint) {
    return lines("misshapen", misshapen.stream(), misshapen.size())
        + lines(
            "missing",
            missing.entrySet().stream().map(line -> line.getValue() + hint.apply(line.getKey())),
            missing.size())
        + lines("unexpected", unexpected.values().stream(), unexpected.size());
  }

  private static String lines(String kind, Stream<String> tensors, int count) {
    StringBuilder text = new StringBuilder();
    tensors
        .limit(LINES_OF_A_KIND)
        .forEach(tensor -> text.append("\n  ").append(kind).append(": ").append(tensor));
    if (count > LINES_OF_A_KIND) {
      text.append("\n  … and ").append(count - LINES_OF_A_KIND).append(" more ").append(kind);
    }
    return text.toString();
  }
}
