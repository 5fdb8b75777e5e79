package dev.wsss.eval.metric;

import dev.wsss.api.metric.Metric;
import dev.wsss.api.testing.MetricContract;

class ImageMapContractTest extends MetricContract<ImageProbabilities> {
  @Override
  protected Metric<ImageProbabilities> metric() {
    return new ImageMap(new ImageMapConfig());
  }
}
