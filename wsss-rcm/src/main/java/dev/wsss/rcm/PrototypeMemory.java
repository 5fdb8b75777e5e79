package dev.wsss.rcm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * The last n prototypes of each class, first in, first out, on the Java heap, so that it can stand
 * in a checkpoint and holds no native memory between steps.
 */
final class PrototypeMemory {
  private final List<Deque<float[]>> classes = new ArrayList<>();
  private final int size;

  /**
   * @param classes K+1
   * @param size n
   */
  PrototypeMemory(int classes, int size) {
    for (int k = 0; k < classes; k++) {
      this.classes.add(new ArrayDeque<>());
    }
    this.size = size;
  }

  /** Adds the prototypes B×(K+1)×D that are not zero, image by image. */
  void remember(float[] each, int channels) {
    for (int at = 0, k = 0; at < each.length; at += channels, k = (k + 1) % classes.size()) {
      float[] prototype = Arrays.copyOfRange(each, at, at + channels);
      if (anyNonZero(prototype)) {
        add(classes.get(k), prototype);
      }
    }
  }

  private static boolean anyNonZero(float[] values) {
    for (float value : values) {
      if (value != 0) {
        return true;
      }
    }
    return false;
  }

  private void add(Deque<float[]> prototypes, float[] prototype) {
    prototypes.addLast(prototype);
    if (prototypes.size() > size) {
      prototypes.removeFirst();
    }
  }

  /** Mean of each class, (K+1)×D; zero for a class never seen. */
  float[] means(int channels) {
    float[] means = new float[classes.size() * channels];
    for (int k = 0; k < classes.size(); k++) {
      double[] sum = new double[channels];
      for (float[] prototype : classes.get(k)) {
        for (int d = 0; d < channels; d++) {
          sum[d] += prototype[d];
        }
      }
      for (int d = 0; d < channels && !classes.get(k).isEmpty(); d++) {
        means[k * channels + d] = (float) (sum[d] / classes.get(k).size());
      }
    }
    return means;
  }

  /**
   * {@code counts}: prototypes of each class; {@code prototypes}: class by class, oldest first.
   * Nothing while there are none.
   */
  Map<String, float[]> state() {
    float[] counts = new float[classes.size()];
    int total = 0;
    int channels = 0;
    for (int k = 0; k < classes.size(); k++) {
      counts[k] = classes.get(k).size();
      total += classes.get(k).size();
      channels = classes.get(k).isEmpty() ? channels : classes.get(k).getFirst().length;
    }
    if (total == 0) {
      return Map.of();
    }
    float[] prototypes = new float[total * channels];
    int at = 0;
    for (Deque<float[]> ofClass : classes) {
      for (float[] prototype : ofClass) {
        System.arraycopy(prototype, 0, prototypes, at, channels);
        at += channels;
      }
    }
    return Map.of("counts", counts, "prototypes", prototypes);
  }

  /**
   * Takes back what {@link #state()} gave.
   *
   * @throws IllegalArgumentException if it is damaged or of another configuration; nothing changes
   *     then
   */
  void restore(Map<String, float[]> state) {
    if (state.isEmpty()) {
      classes.forEach(Deque::clear);
      return;
    }
    float[] counts = state.get("counts");
    float[] prototypes = state.get("prototypes");
    if (counts == null || prototypes == null) {
      throw new IllegalArgumentException(
          "rcm's memory needs 'counts' and 'prototypes', found " + state.keySet());
    }
    if (counts.length != classes.size()) {
      throw new IllegalArgumentException(
          "rcm's memory was saved for "
              + (counts.length - 1)
              + " classes and background, but this run has "
              + (classes.size() - 1));
    }
    int total = total(counts);
    if (total == 0 || prototypes.length == 0 || prototypes.length % total != 0) {
      throw new IllegalArgumentException(
          "rcm's memory is damaged: "
              + prototypes.length
              + " numbers are no "
              + total
              + " prototypes of one length");
    }
    classes.forEach(Deque::clear);
    int channels = prototypes.length / total;
    int at = 0;
    for (int k = 0; k < counts.length; k++) {
      for (int i = 0; i < (int) counts[k]; i++, at += channels) {
        add(classes.get(k), Arrays.copyOfRange(prototypes, at, at + channels));
      }
    }
  }

  /** A smaller memory keeps the newest prototypes; no memory has had more than the largest int. */
  private static int total(float[] counts) {
    long total = 0;
    for (float count : counts) {
      if (!(count >= 0 && count <= Integer.MAX_VALUE && count == Math.rint(count))) {
        throw new IllegalArgumentException(
            "rcm's memory is damaged: " + count + " is no number of prototypes");
      }
      total += (long) count;
    }
    return (int) Math.min(total, Integer.MAX_VALUE);
  }
}
