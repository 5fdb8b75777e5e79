package dev.wsss.api.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/**
 * Bilinear resizing with half-pixel centres and without antialiasing (PyTorch's {@code
 * align_corners=False}), its adjoint, and the norm of a resized vector field.
 *
 * <p>Writing {@code U_h} for the H×h interpolation matrix of an axis, {@code resize(x) = U_h · x ·
 * U_wᵀ}. Everything is differentiable. Results belong to the manager of the argument: hand in
 * {@code x.stopGradient()} attached to the step's manager where {@code x} lives longer than a step.
 */
public final class Bilinear {
  /** Below this squared length a vector counts as zero; PyTorch's normalisation clamps here too. */
  private static final float TINY_SQUARE = 1e-24f;

  private static final int BILINEAR = 1;

  /**
   * Up to this side, products with the two matrices take less time on a CPU than the engine's own
   * interpolation, whose backward is slow: a third at 24, forward and backward, a half at 64.
   */
  private static final int LARGEST_FOR_MATRICES = 64;

  private Bilinear() {}

  /** Resizes B×C×h×w to B×C×height×width; returns {@code x} itself if it has that size. */
  public static NDArray resize(NDArray x, int height, int width) {
    long h = x.getShape().get(2);
    long w = x.getShape().get(3);
    if (h == height && w == width) {
      return x;
    }
    if (h <= height && w <= width && Math.max(h, w) > LARGEST_FOR_MATRICES) {
      // Exact only where nothing shrinks: the engine antialiases.
      return x.getNDArrayInternal().interpolation(new long[] {height, width}, BILINEAR, false);
    }
    if (h == 2L * height && w == 2L * width) {
      Shape two = new Shape(2, 2);
      return x.getNDArrayInternal().avgPool(two, two, new Shape(0, 0), false, true);
    }
    Axis vertical = new Axis((int) h, height);
    Axis horizontal = new Axis((int) w, width);
    NDManager manager = x.getManager();
    return vertical.matrix(manager).matMul(x.matMul(horizontal.matrix(manager).transpose()));
  }

  /**
   * The adjoint of {@link #resize}: {@code U_hᵀ · y · U_w}, from B×C×H×W to B×C×height×width. For
   * any x of the small size, {@code ⟨resize(x), y⟩ = ⟨x, adjoint(y)⟩}; so a masked sum of resized
   * vectors is a sum over the small grid.
   */
  public static NDArray adjoint(NDArray y, int height, int width) {
    Axis vertical = new Axis(height, (int) y.getShape().get(2));
    Axis horizontal = new Axis(width, (int) y.getShape().get(3));
    NDManager manager = y.getManager();
    NDArray narrow = y.matMul(horizontal.matrix(manager));
    return vertical.matrix(manager).transpose().matMul(narrow);
  }

  /**
   * {@code 1 / ‖resize(x)‖₂} over channels, from B×D×h×w to B×1×height×width, without making the
   * B×D×height×width array; 0, and no gradient, where the norm is below 1e-12.
   *
   * <p>The squared norm is a quadratic form in the inner products of neighbouring cells. With
   * weights 1 − v, v down and 1 − u, u across, and the Gram maps n₀ = ‖x‖² and n₁…n₄ of horizontal,
   * vertical, diagonal and anti-diagonal neighbours, the sum over the four corners factors into
   * {@code V² n₀ U²ᵀ + 2 V² n₁ Uˣᵀ + 2 Vˣ n₂ U²ᵀ + 2 Vˣ (n₃+n₄) Uˣᵀ}: U² holds (1 − u)² and u²
   * where U holds 1 − u and u, and Uˣ holds (1 − u)·u at each pair of neighbours.
   */
  public static NDArray inverseNorm(NDArray x, int height, int width) {
    NDArray cells = atLeastTwo(atLeastTwo(x, 2), 3);
    int h = (int) cells.getShape().get(2);
    int w = (int) cells.getShape().get(3);
    NDManager manager = x.getManager();
    NDArray vertical = new Axis(h, height).squares(manager);
    NDArray horizontal = new Axis(w, width).squares(manager).transpose();
    NDArray square = vertical.matMul(gram(cells, h).matMul(horizontal));
    NDArray nonZero;
    try (NDArray tiny = manager.full(new Shape(), TINY_SQUARE)) {
      nonZero = square.gt(tiny).toType(x.getDataType(), false);
      square = square.maximum(tiny);
    }
    return nonZero.div(square.sqrt());
  }

  /** The Gram maps as blocks [[n₀, 2n₁], [2n₂, 2(n₃+n₄)]], B×1×(2h−1)×(2w−1). */
  private static NDArray gram(NDArray x, int h) {
    NDArray left = x.get(new NDIndex(":, :, :, :-1"));
    NDArray right = x.get(new NDIndex(":, :, :, 1:"));
    NDArray across = inner(left, right);
    NDArray down = inner(rows(x, 0, h - 1), rows(x, 1, h));
    NDArray diagonals =
        inner(rows(left, 0, h - 1), rows(right, 1, h))
            .add(inner(rows(right, 0, h - 1), rows(left, 1, h)));
    NDArray top = inner(x, x).concat(across.add(across), -1);
    NDArray bottom = down.concat(diagonals, -1);
    return top.concat(bottom.add(bottom), -2);
  }

  private static NDArray inner(NDArray a, NDArray b) {
    return a.mul(b).sum(new int[] {1}, true);
  }

  private static NDArray rows(NDArray x, int from, int to) {
    return x.get(new NDIndex(":, :, {}:{}", from, to));
  }

  private static NDArray atLeastTwo(NDArray x, int axis) {
    return x.getShape().get(axis) > 1 ? x : x.getNDArrayInternal().concat(new NDList(x), axis);
  }

  /** Where each of {@code out} positions falls among {@code in} cells. */
  private record Axis(int in, int out) {

    /** The cell at or before the position; the last but one at most, so that it has a neighbour. */
    private int left(double position) {
      return Math.min((int) position, Math.max(in - 2, 0));
    }

    private double position(int j) {
      return Math.min(Math.max((j + 0.5) * in / out - 0.5, 0), in - 1);
    }

    /** U, out×in. */
    NDArray matrix(NDManager manager) {
      float[] values = new float[out * in];
      for (int j = 0; j < out; j++) {
        double position = position(j);
        int left = left(position);
        double u = position - left;
        values[j * in + left] = (float) (1 - u);
        if (in > 1) {
          values[j * in + left + 1] = (float) u;
        }
      }
      return Constants.of(manager, values, out, in);
    }

    /** [U², Uˣ], out×(2·in − 1). */
    NDArray squares(NDManager manager) {
      int columns = 2 * in - 1;
      float[] values = new float[out * columns];
      for (int j = 0; j < out; j++) {
        double position = position(j);
        int left = left(position);
        double u = position - left;
        values[j * columns + left] = (float) ((1 - u) * (1 - u));
        values[j * columns + left + 1] = (float) (u * u);
        values[j * columns + in + left] = (float) ((1 - u) * u);
      }
      return Constants.of(manager, values, out, columns);
    }
  }
}
