package dev.wsss.mam;

import ai.djl.ndarray.NDArray;
import dev.wsss.mam.MamConfig.Attention;

/** Cosines of maps, and the weights made of them; outside any graph. */
final class AttentionWeights {
  /** PyTorch's cosine similarity clamps norms here. */
  private static final float EPSILON = 1e-8f;

  private AttentionWeights() {}

  /** Norms over the last axis, clamped from below, one axis kept. */
  static NDArray norms(NDArray maps) {
    return maps.norm(new int[] {maps.getShape().dimension() - 1}, true).maximum(EPSILON);
  }

  /**
   * Cosines n×T of a student's maps n×(H·W) with the teacher's n×T×(H·W), 0 where a map is zero.
   *
   * @param teacherNorms n×T×1, as {@link #norms} gives
   */
  static NDArray cosines(NDArray student, NDArray teacher, NDArray teacherNorms) {
    NDArray products = student.expandDims(1).matMul(teacher.transpose(0, 2, 1)).squeeze(1);
    return products.div(norms(student)).div(teacherNorms.squeeze(2));
  }

  /** Weights n×T from cosines n×T. */
  static NDArray of(Attention attention, double temperature, NDArray cosines) {
    return switch (attention) {
      case TWO_MINUS_COSINE -> cosines.neg().add(2f);
      case ONE_MINUS_COSINE -> cosines.neg().add(1f);
      case SOFTMAX ->
          cosines.div((float) -temperature).softmax(1).mul((float) cosines.getShape().get(1));
      case UNIFORM -> cosines.onesLike();
    };
  }
}
