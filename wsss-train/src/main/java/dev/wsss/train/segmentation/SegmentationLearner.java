package dev.wsss.train.segmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.network.SegmentationNetwork;
import dev.wsss.train.supervised.MaskLearner;
import java.util.Map;

/** A segmentation network as it learns. */
record SegmentationLearner(SegmentationNetwork network, PixelLoss loss) implements MaskLearner {

  @Override
  public InputSpec input() {
    return network.input();
  }

  @Override
  public Map<String, Parameter> parameters() {
    return network.parameters().byName();
  }

  @Override
  public NDArray loss(NDArray images, NDArray labels) {
    return loss.of(network.learn(images), labels);
  }

  @Override
  public void close() {
    network.close();
  }
}
