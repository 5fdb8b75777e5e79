package dev.wsss.train.supervised;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.tensor.Constants;
import dev.wsss.api.training.TrainingClock;
import dev.wsss.eval.augment.HostBatch;
import dev.wsss.train.config.SupervisedConfig;
import dev.wsss.train.loop.EngineDraws;
import dev.wsss.train.loop.LoopStep;
import dev.wsss.train.loop.StepErrors;
import dev.wsss.train.loop.StepResult;
import dev.wsss.train.loop.StudentUpdate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.ObjDoubleConsumer;

/**
 * One step of learning from masks: the gradient of the batch's loss, part by part, then the
 * optimiser.
 *
 * <p>A part's loss is weighted by its share of the batch's labelled pixels, so that the sum of
 * means over pixels is the batch's mean. Parts without a labelled pixel are left out; a batch
 * without one has the loss 0.
 */
final class MaskStep implements LoopStep {
  /** As the loss is named in reports. */
  static final String TOTAL = "total";

  static final String BACKGROUND = "labels/background";

  private final NDManager root;
  private final MaskLearner learner;
  private final StudentUpdate update;
  private final SupervisedConfig config;
  private final EngineDraws draws;

  MaskStep(NDManager root, MaskLearner learner, StudentUpdate update, SupervisedConfig config) {
    this.root = root;
    this.learner = learner;
    this.update = update;
    this.config = config;
    this.draws = new EngineDraws(config.seed());
  }

  @Override
  public StepResult run(HostBatch batch, TrainingClock clock) {
    StepErrors errors = new StepErrors(clock, batch.examples(), learner.parameters());
    draws.begin(clock);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      long start = System.nanoTime();
      Map<String, Double> logged = fed(batch);
      double loss = learn(batch, errors, logged);
      if (Math.abs(loss) > config.divergenceLoss()) {
        throw errors.diverged(loss, config.divergenceLoss(), TOTAL);
      }
      logged.put(TOTAL, loss);
      long learned = System.nanoTime();
      double rate = update.apply(clock, errors);
      return new StepResult(
          rate,
          logged,
          Map.of(),
          new StepResult.Seconds(
              0, (learned - start) * 1e-9, (System.nanoTime() - learned) * 1e-9));
    }
  }

  /** What the loss is fed: shares of background among the labelled pixels, and of open pixels. */
  private static Map<String, Double> fed(HostBatch batch) {
    int images = batch.examples().size();
    double labelled = labelled(batch, 0, images);
    double background = count(batch, 0, images, label -> label == 0);
    Map<String, Double> fed = new LinkedHashMap<>();
    if (labelled > 0) {
      fed.put(BACKGROUND, background / labelled);
    }
    fed.put("labels/open", 1 - labelled / batch.labels().length);
    return fed;
  }

  private double learn(HostBatch batch, StepErrors errors, Map<String, Double> logged) {
    int images = batch.examples().size();
    int size = config.microBatch() > 0 ? config.microBatch() : images;
    int labelled = labelled(batch, 0, images);
    double sum = 0;
    for (int from = 0; from < images; from += size) {
      int to = Math.min(images, from + size);
      int own = labelled(batch, from, to);
      if (own > 0) {
        sum += learn(batch, from, to, (float) own / labelled, errors, logged);
      }
    }
    return sum;
  }

  /** Collects the gradient of images {@code from} to {@code to}; gives their weighted loss. */
  private double learn(
      HostBatch batch,
      int from,
      int to,
      float share,
      StepErrors errors,
      Map<String, Double> logged) {
    try (NDManager manager = root.newSubManager();
        NDScope scope = new NDScope();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      scope.suppressNotUsedWarning();
      NDArray images = images(batch, from, to, manager);
      NDArray labels = labels(batch, from, to, manager);
      ObjDoubleConsumer<String> log = (name, of) -> logged.merge(name, share * of, Double::sum);
      NDArray loss = errors.named("loss", learner, "loss", () -> learner.loss(images, labels, log));
      if (loss.size() != 1) {
        throw errors.notScalar(TOTAL, loss.getShape());
      }
      double value = loss.getFloat();
      if (!Double.isFinite(value)) {
        throw errors.notFinite(TOTAL, value);
      }
      collector.backward(Constants.mul(loss, share));
      return share * value;
    }
  }

  private static NDArray images(HostBatch batch, int from, int to, NDManager manager) {
    int values = 3 * batch.side() * batch.side();
    float[] own = Arrays.copyOfRange(batch.images(), from * values, to * values);
    return manager.create(own, new Shape(to - from, 3, batch.side(), batch.side()));
  }

  private static NDArray labels(HostBatch batch, int from, int to, NDManager manager) {
    int pixels = batch.side() * batch.side();
    long[] own = new long[(to - from) * pixels];
    for (int p = 0; p < own.length; p++) {
      own[p] = batch.labels()[from * pixels + p] & 0xff;
    }
    return manager.create(own, new Shape(to - from, batch.side(), batch.side()));
  }

  /** Pixels of images {@code from} to {@code to} that count. */
  private static int labelled(HostBatch batch, int from, int to) {
    return count(batch, from, to, label -> label != IndexMask.IGNORE);
  }

  private static int count(HostBatch batch, int from, int to, IntPredicate which) {
    int pixels = batch.side() * batch.side();
    int count = 0;
    for (int p = from * pixels; p < to * pixels; p++) {
      if (which.test(batch.labels()[p] & 0xff)) {
        count++;
      }
    }
    return count;
  }
}
