package dev.wsss.train.segmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.network.SegmentationNetwork;
import dev.wsss.api.tensor.Bilinear;
import dev.wsss.train.supervised.MaskLearner;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;

/** A segmentation network as it learns: its scores are resized to the pictures, then compared. */
record SegmentationLearner(SegmentationNetwork network, PixelLoss loss, Validation validation)
    implements MaskLearner {

  @Override
  public InputSpec input() {
    return network.input();
  }

  @Override
  public Map<String, Parameter> parameters() {
    return network.parameters().byName();
  }

  @Override
  public NDArray loss(NDArray images, NDArray labels, ObjDoubleConsumer<String> log) {
    NDArray scores = atSizeOf(labels, network.learn(images));
    compare(scores.stopGradient().argMax(1), labels, log);
    return loss.of(scores, labels);
  }

  /** Scores B×(K+1)×h×w at the size of labels B×H×W. */
  static NDArray atSizeOf(NDArray labels, NDArray scores) {
    Shape shape = labels.getShape();
    return Bilinear.resize(scores, (int) shape.get(1), (int) shape.get(2));
  }

  /**
   * Logs the share of labelled pixels that the network takes for background, and of the pixels of
   * objects the share that it gives their class. A network that sinks into background shows here
   * first.
   */
  private static void compare(NDArray found, NDArray labels, ObjDoubleConsumer<String> log) {
    NDArray labelled = labels.neq(IndexMask.IGNORE);
    NDArray objects = labelled.logicalAnd(labels.neq(0));
    log.accept("scores/background", share(found.eq(0), labelled));
    if (objects.any().getBoolean()) {
      log.accept("scores/object-recall", share(found.eq(labels), objects));
    }
  }

  /** Of the pixels in {@code all}, those that are in {@code some} too; there is at least one. */
  private static double share(NDArray some, NDArray all) {
    return (double) count(some.logicalAnd(all)) / count(all);
  }

  private static long count(NDArray pixels) {
    return pixels.toType(DataType.INT64, false).sum().getLong();
  }

  @Override
  public Map<String, Double> validate() {
    return validation.of(network);
  }

  @Override
  public void close() {
    network.close();
  }
}
