package dev.wsss.train.optimiser;

import dev.wsss.api.optimiser.RateSchedule;
import dev.wsss.api.testing.RateScheduleContract;

final class PolyScheduleContractTest extends RateScheduleContract {
  @Override
  protected RateSchedule create() {
    return new PolySchedule(new PolyConfig(0.9));
  }
}
