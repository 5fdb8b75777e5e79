package dev.wsss.train.optimiser;

import dev.wsss.api.optimiser.RateSchedule;
import dev.wsss.api.testing.RateScheduleContract;

final class CosineScheduleContractTest extends RateScheduleContract {
  @Override
  protected RateSchedule create() {
    return new CosineSchedule();
  }
}
