package dev.wsss.eval.metric;

import dev.wsss.api.metric.Metric;
import dev.wsss.api.testing.MetricContract;
import java.util.List;

class CamMiouContractTest extends MetricContract<PixelCounts> {
  @Override
  protected Metric<PixelCounts> metric() {
    return new CamMiou(new CamMiouConfig(List.of(ThresholdMode.values()), 0.3, 0.75, 100));
  }
}
