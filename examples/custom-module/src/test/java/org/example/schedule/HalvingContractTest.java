package org.example.schedule;

import dev.wsss.api.optimiser.RateSchedule;
import dev.wsss.api.testing.RateScheduleContract;

final class HalvingContractTest extends RateScheduleContract {

  @Override
  protected RateSchedule create() {
    return new Halving(new HalvingConfig(2));
  }
}
