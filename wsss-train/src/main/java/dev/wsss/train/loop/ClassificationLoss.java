package dev.wsss.train.loop;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.tensor.Constants;

/**
 * Mean binary cross-entropy with logits over the batch's B×K (paper): {@code softplus(x) − x·y},
 * whose gradient σ(x) − y is right at 0 too.
 */
final class ClassificationLoss {

  private ClassificationLoss() {}

  /**
   * The share of images {@code from} to {@code to} in the loss of the whole batch: the shares sum
   * to it.
   *
   * @param logits (to − from)×K, in graph
   */
  static NDArray of(NDArray logits, Batch batch, int from, int to) {
    NDArray labels = batch.labels(logits.getManager(), from, to);
    NDArray softPlus = logits.getNDArrayInternal().softPlus();
    float elements = (float) batch.size() * batch.classes().count();
    return Constants.mul(softPlus.sub(logits.mul(labels)).sum(), 1 / elements);
  }
}
