package dev.wsss.rcm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.PresentMaps;
import dev.wsss.api.tensor.Constants;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One view of a batch as the teacher sees it, on the grid h×w.
 *
 * @param labels class of each pixel, K for background, B×h·w
 * @param background K
 * @param prototypes of unit length, 1×M×D, of the classes that have one
 * @param classes these M, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LabelledView(int[] labels, int background, NDArray prototypes, List<Integer> classes) {

  /**
   * Labels pixels and makes prototypes.
   *
   * @param maps raw class activation maps of the teacher, B×K on any grid
   * @param features of the teacher, B×D on any grid
   * @param grid of which the last two axes are h×w
   * @param manager owner of the prototypes
   */
  static LabelledView of(
      NDArray maps,
      NDArray features,
      Shape grid,
      Batch batch,
      PixelToPrototypeConfig config,
      NDManager manager) {
    try (NDManager scratch = manager.newSubManager()) {
      int background = batch.classes().count();
      int height = (int) grid.get(2);
      int width = (int) grid.get(3);
      float[] rectified = rectified(within(scratch, maps), batch, height, width);
      MapShares shares = MapShares.of(batch, height * width, rectified);
      int[] labels = shares.labels(config.threshold(), background);
      float[] weights = shares.weights(labels, config.pixels(), background);
      NDArray sums =
          Prototypes.sums(
              Constants.of(scratch, weights, batch.size(), background + 1, height, width),
              within(scratch, features));
      NDArray all = Prototypes.normalised(sums.sum(new int[] {0}, true));
      List<Integer> classes = Prototypes.shown(all).stream().boxed().toList();
      NDArray prototypes = rows(all, classes);
      prototypes.attach(manager);
      return new LabelledView(labels, background, prototypes, classes);
    }
  }

  /** Which prototype each pixel should resemble, by a view's labels; B·h·w numbers. */
  long[] targets(LabelledView labelled) {
    return IntStream.of(labelled.labels)
        .mapToLong(label -> Math.max(0, classes.indexOf(label)))
        .toArray();
  }

  /** 1 for each pixel whose class, by a view's labels, has a prototype here, else 0. */
  float[] counts(LabelledView labelled) {
    float[] counts = new float[labelled.labels.length];
    for (int at = 0; at < counts.length; at++) {
      counts[at] = classes.contains(labelled.labels[at]) ? 1 : 0;
    }
    return counts;
  }

  /** Background's share of the labels. */
  double backgroundShare() {
    return IntStream.of(labels).filter(label -> label == background).count()
        / (double) labels.length;
  }

  /** Share of the pixels that have the same label in both views. */
  double agreement(LabelledView other) {
    return IntStream.range(0, labels.length).filter(at -> labels[at] == other.labels[at]).count()
        / (double) labels.length;
  }

  /**
   * The labels to look at, a mask for each image.
   *
   * @param grid of which the last two axes are h×w
   */
  List<IndexMask> pictures(Shape grid) {
    int height = (int) grid.get(2);
    int width = (int) grid.get(3);
    int pixels = height * width;
    return IntStream.range(0, labels.length / pixels)
        .mapToObj(image -> new IndexMask(width, height, indices(image * pixels, pixels)))
        .toList();
  }

  private byte[] indices(int from, int count) {
    byte[] indices = new byte[count];
    for (int p = 0; p < count; p++) {
      int label = labels[from + p];
      indices[p] = (byte) (label == background ? 0 : label + 1);
    }
    return indices;
  }

  /** Maps of the batch's pairs on the grid, n×h·w. */
  private static float[] rectified(NDArray raw, Batch batch, int height, int width) {
    if (batch.whole().present().size() == 0) {
      return new float[0];
    }
    return PresentMaps.rectified(raw, batch.whole(), height, width).toFloatArray();
  }

  private static NDArray rows(NDArray all, List<Integer> classes) {
    if (classes.isEmpty()) {
      return all.getManager().zeros(new Shape(0), DataType.FLOAT32);
    }
    long[] index = classes.stream().mapToLong(k -> k).toArray();
    return all.get(new NDIndex(":, {}", Constants.of(all.getManager(), index, index.length)));
  }

  /** A view of {@code array} whose results belong to {@code manager}. */
  private static NDArray within(NDManager manager, NDArray array) {
    NDArray view = array.stopGradient();
    view.attach(manager);
    return view;
  }
}
