package org.example.metric;

import dev.wsss.api.metric.Metric;
import dev.wsss.api.testing.MetricContract;

final class ExactLabelsContractTest extends MetricContract<ExactLabels.Tally> {

  @Override
  protected Metric<ExactLabels.Tally> metric() {
    return new ExactLabels(new ExactLabelsConfig(0.5));
  }
}
