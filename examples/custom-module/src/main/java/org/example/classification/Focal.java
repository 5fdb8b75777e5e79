package org.example.classification;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.classification.ClassificationLoss;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.BatchPart;
import dev.wsss.api.tensor.Constants;
import jakarta.inject.Inject;

/**
 * Mean over B×K of {@code −(1 − p)^γ · log p}, where p = σ(s·x) is the probability of the label that is
 * given: s is 1 where a class is present, else −1. With softplus, {@code log p = −softplus(−s·x)} and {@code
 * log(1 − p) = −softplus(s·x)}, which no logit makes infinite.
 */
public final class Focal implements ClassificationLoss {
  private final float gamma;

  @Inject
  public Focal(FocalConfig config) {
    this.gamma = (float) config.gamma();
  }

  @Override
  public NDArray loss(NDArray logits, BatchPart part) {
    NDArray sign = part.labels().mul(2).sub(1); // not in the graph, so that plain numbers do
    NDArray signed = logits.mul(sign);
    NDArray weight = Constants.mul(signed.getNDArrayInternal().softPlus(), -gamma).exp();
    NDArray loss = signed.neg().getNDArrayInternal().softPlus().mul(weight).sum();
    Batch batch = part.batch();
    return Constants.mul(loss, 1f / (batch.size() * batch.classes().count()));
  }
}
