package dev.wsss.rcm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.Present;
import dev.wsss.api.supervision.PresentMaps;
import dev.wsss.api.tensor.Constants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Region labels of one batch: {@code Ŝ_k = S_k / (max_p S_k + 1e-5)}; {@code label(p) = argmax_k
 * Ŝ_k(p)} if that maximum reaches τ, else background. No background channel is predicted. Where
 * each map has a τ of its own, {@code Ŝ_k − τ_k} takes the place of Ŝ_k, and 0 that of τ. Pixels
 * whose maximum is near τ may be left without a label.
 *
 * <p>Absent classes have zero maps and win nowhere, so an image's <em>candidates</em> are its
 * present classes in ascending order, then padding up to the largest number m of classes in an
 * image; candidate m is background, and m + 1 stands for no label. Of equal scores the first wins.
 * All arrays belong to one manager.
 */
final class RegionLabels {
  private static final float EPSILON = 1e-5f;

  /** Moves padding below every threshold. */
  private static final float NEVER = -4;

  private final NDManager manager;
  private final Batch batch;
  private final Present present;
  private final int candidates;

  /** Row of each candidate's scores, or −1 for padding; B·m values. */
  private final int[] rowOfCandidate;

  RegionLabels(NDManager manager, Batch batch) {
    this.manager = manager;
    this.batch = batch;
    this.present = batch.present(0, batch.size());
    this.candidates =
        batch.examples().stream().mapToInt(e -> e.labels().cardinality()).max().orElse(0);
    this.rowOfCandidate = new int[batch.size() * candidates];
    Arrays.fill(rowOfCandidate, -1);
    int candidate = 0;
    for (int row = 0; row < present.size(); row++) {
      boolean first = row == 0 || present.image()[row] != present.image()[row - 1];
      candidate = first ? 0 : candidate + 1;
      rowOfCandidate[present.image()[row] * candidates + candidate] = row;
    }
  }

  /** Present maps n×(H·W) from raw maps B×K×h×w. */
  NDArray scores(NDArray maps) {
    if (candidates == 0) {
      return manager.zeros(new Shape(0));
    }
    return PresentMaps.rectified(maps, batch.whole());
  }

  /**
   * 1 for each image all of whose classes have a positive score somewhere, else 0; B×1×1×1.
   *
   * @param scores n×(H·W)
   */
  NDArray complete(NDArray scores) {
    float[] complete = new float[batch.size()];
    Arrays.fill(complete, 1);
    if (candidates > 0) {
      float[] largest = scores.max(new int[] {1}).toFloatArray();
      for (int row = 0; row < largest.length; row++) {
        if (!(largest[row] > 0)) {
          complete[present.image()[row]] = 0;
        }
      }
    }
    return Constants.of(manager, complete, batch.size(), 1, 1, 1);
  }

  /** 1 for each image; B×1×1×1. */
  NDArray all() {
    return manager.ones(new Shape(batch.size(), 1, 1, 1));
  }

  /**
   * Which candidate each pixel belongs to.
   *
   * @param winners B×(H·W), int64
   * @param threshold τ; with thresholds of the maps, the mean of those
   */
  record Found(NDArray winners, double threshold) {}

  /**
   * Winning candidate of each pixel.
   *
   * @param scores summed, n×(H·W)
   * @param open how far below and above τ a pixel's maximum leaves it without a label
   */
  Found winners(NDArray scores, RegionThreshold rule, OpenBand open) {
    Shape pixels = new Shape(batch.size(), (long) batch.height() * batch.width());
    if (candidates == 0) {
      return new Found(manager.zeros(pixels, DataType.INT64), Double.NaN);
    }
    NDArray shares = scores.div(scores.max(new int[] {1}, true).add(EPSILON));
    Optional<NDArray> ofMaps = rule.ofMaps(shares);
    NDArray margins = ofMaps.map(shares::sub).orElse(shares);
    // A running maximum: argmax over an inner axis of few values takes twenty times as long.
    NDArray best = scoresOf(0, margins);
    NDArray winner = manager.zeros(pixels, DataType.INT64);
    for (int candidate = 1; candidate < candidates; candidate++) {
      NDArray score = scoresOf(candidate, margins);
      winner = chosen(score.gt(best), candidate, winner);
      best = best.maximum(score);
    }
    double tau = rule.ofPixels(best);
    NDArray sure = chosen(best.lt((float) (tau - open.below())), candidates, winner);
    double threshold = ofMaps.map(each -> (double) each.mean().getFloat()).orElse(tau);
    return new Found(open.isEmpty() ? sure : withoutLabel(best, tau, open, sure), threshold);
  }

  /** {@code candidate} where a condition holds, else what was there. */
  private NDArray chosen(NDArray where, int candidate, NDArray otherwise) {
    NDArray number = manager.full(otherwise.getShape(), candidate, DataType.INT64);
    return number.getNDArrayInternal().where(where, otherwise);
  }

  private NDArray withoutLabel(NDArray best, double tau, OpenBand open, NDArray winner) {
    NDArray near =
        best.gte((float) (tau - open.below())).logicalAnd(best.lt((float) (tau + open.above())));
    return chosen(near, candidates + 1, winner);
  }

  /** B×(H·W) of one candidate, below every threshold for padding. */
  private NDArray scoresOf(int candidate, NDArray share) {
    long[] row = new long[batch.size()];
    float[] penalty = new float[batch.size()];
    for (int i = 0; i < batch.size(); i++) {
      int own = rowOfCandidate[i * candidates + candidate];
      row[i] = Math.max(own, 0);
      penalty[i] = own < 0 ? NEVER : 0;
    }
    return share
        .get(Constants.of(manager, row, batch.size()))
        .add(Constants.of(manager, penalty, batch.size(), 1));
  }

  /**
   * Label of each pixel, B×1×H×W, int64, from winning candidates; where there is none, that of
   * background, which must not count.
   *
   * @param labelOfClass what to write for each class, background last; K+1 values
   */
  NDArray labels(NDArray winners, long[] labelOfClass) {
    int width = candidates + 2;
    long[] labels = new long[batch.size() * width];
    for (int i = 0; i < batch.size(); i++) {
      for (int s = 0; s < width; s++) {
        labels[i * width + s] = labelOfClass[classOf(i, s)];
      }
    }
    return Constants.of(manager, labels, batch.size(), width)
        .gather(winners, 1)
        .reshape(batch.size(), 1, batch.height(), batch.width());
  }

  /**
   * The labels to look at, a mask for each image.
   *
   * @param counts 1 for each pixel that counts, else 0; B·H·W values, or B where all pixels of an
   *     image count or none does
   */
  List<IndexMask> pictures(NDArray winners, float[] counts) {
    long[] winner = winners.toLongArray();
    int pixels = batch.height() * batch.width();
    List<IndexMask> masks = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      byte[] indices = new byte[pixels];
      for (int p = 0; p < pixels; p++) {
        int at = i * pixels + p;
        int found = classOf(i, (int) winner[at]);
        boolean background = found == batch.classes().count();
        boolean counted = counts[counts.length == batch.size() ? i : at] > 0;
        indices[p] = (byte) (counted ? background ? 0 : found + 1 : IndexMask.IGNORE);
      }
      masks.add(new IndexMask(batch.width(), batch.height(), indices));
    }
    return masks;
  }

  /** 1 where a candidate won, B×(m+1)×H×W, from winning candidates. */
  NDArray masks(NDArray winners) {
    NDArray each =
        manager.arange(0, candidates + 1, 1, DataType.INT64).reshape(1, candidates + 1, 1);
    return winners
        .expandDims(1)
        .eq(each)
        .toType(DataType.FLOAT32, false)
        .reshape(batch.size(), candidates + 1, batch.height(), batch.width());
  }

  /** 1 where a candidate holds a class, background as the last, B×(K+1)×(m+1). */
  NDArray assignment() {
    int classes = batch.classes().count() + 1;
    float[] holds = new float[batch.size() * classes * (candidates + 1)];
    for (int i = 0; i < batch.size(); i++) {
      for (int s = 0; s <= candidates; s++) {
        if (s == candidates || rowOfCandidate[i * candidates + s] >= 0) {
          holds[(i * classes + classOf(i, s)) * (candidates + 1) + s] = 1;
        }
      }
    }
    return Constants.of(manager, holds, batch.size(), classes, candidates + 1);
  }

  /** 1 where a pixel has a label, else 0; B×1×H×W. */
  NDArray labelled(NDArray winners) {
    return winners
        .lte(candidates)
        .toType(DataType.FLOAT32, false)
        .reshape(batch.size(), 1, batch.height(), batch.width());
  }

  /** Background's share of the pixels that have a label; 0 where none has. */
  double backgroundShare(NDArray winners) {
    double open = openShare(winners);
    return open == 1 ? 0 : share(winners.eq(candidates)) / (1 - open);
  }

  /** Share of the pixels that have no label. */
  double openShare(NDArray winners) {
    return share(winners.gt(candidates));
  }

  private static double share(NDArray pixels) {
    return pixels.toType(DataType.FLOAT32, false).mean().getFloat();
  }

  private int classOf(int image, int candidate) {
    int row = candidate >= candidates ? -1 : rowOfCandidate[image * candidates + candidate];
    return row < 0 ? batch.classes().count() : present.classIndex()[row];
  }
}
