package org.example.listener;

import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.training.Stateful;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;

/** Ends training where the mean of a loss has had no new lowest value for some epochs. */
public final class EarlyStopping implements RunListener, Stateful {
  private final EarlyStoppingConfig config;
  private float lowest = Float.POSITIVE_INFINITY;
  private int since;

  @Inject
  public EarlyStopping(EarlyStoppingConfig config) {
    this.config = config;
  }

  @Override
  public void epoch(EpochReport report) {
    Double mean = report.means().get(config.loss());
    if (mean == null) {
      throw new IllegalArgumentException(
          "no loss is called '" + config.loss() + "'; there are " + report.means().keySet());
    }
    since = mean < lowest ? 0 : since + 1;
    lowest = Math.min(lowest, mean.floatValue());
  }

  @Override
  public Optional<String> reasonToStop() {
    return since < config.patience()
        ? Optional.empty()
        : Optional.of(config.loss() + " has not fallen below " + lowest + " for " + since + " epochs");
  }

  @Override
  public Map<String, float[]> state() {
    return Map.of("lowest", new float[] {lowest}, "since", new float[] {since});
  }

  @Override
  public void restore(Map<String, float[]> state) {
    lowest = state.get("lowest")[0];
    since = (int) state.get("since")[0];
  }
}
