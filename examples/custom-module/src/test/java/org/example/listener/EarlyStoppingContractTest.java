package org.example.listener;

import dev.wsss.api.listener.RunListener;
import dev.wsss.api.testing.ListenerContract;

final class EarlyStoppingContractTest extends ListenerContract {

  @Override
  protected RunListener create() {
    return new EarlyStopping(new EarlyStoppingConfig("classification", 2));
  }
}
