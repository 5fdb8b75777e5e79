package dev.wsss.train.classification;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.classification.ClassificationLoss;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.BatchPart;
import dev.wsss.api.tensor.Constants;
import jakarta.inject.Inject;

/**
 * Mean binary cross-entropy with logits over the batch's B×K (paper): {@code softplus(x) − x·y},
 * whose gradient σ(x) − y is right at 0 too.
 */
public final class BinaryCrossEntropy implements ClassificationLoss {

  @Inject
  public BinaryCrossEntropy() {}

  @Override
  public NDArray loss(NDArray logits, BatchPart part) {
    Batch batch = part.batch();
    NDArray softPlus = logits.getNDArrayInternal().softPlus();
    float elements = (float) batch.size() * batch.classes().count();
    return Constants.mul(softPlus.sub(logits.mul(part.labels())).sum(), 1 / elements);
  }
}
