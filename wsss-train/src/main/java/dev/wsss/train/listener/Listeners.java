package dev.wsss.train.listener;

import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.listener.RunView;
import dev.wsss.api.listener.StepReport;
import dev.wsss.api.metric.Score;
import dev.wsss.train.loop.TrainingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The configured listeners of a run, called one after the other; an exception names its listener.
 *
 * @param byName in order of configuration
 */
public record Listeners(Map<String, RunListener> byName) implements RunListener {

  @Override
  public void started(RunView run) {
    each("started", listener -> listener.started(run));
  }

  @Override
  public void step(StepReport report) {
    each("step", listener -> listener.step(report));
  }

  @Override
  public void epoch(EpochReport report) {
    each("epoch", listener -> listener.epoch(report));
  }

  /** The first reason that a listener has, after its name. */
  @Override
  public Optional<String> reasonToStop() {
    List<String> reasons = new ArrayList<>();
    byName.forEach(
        (name, listener) ->
            named(
                name,
                listener,
                "reasonToStop",
                () -> listener.reasonToStop().ifPresent(r -> reasons.add(name + ": " + r))));
    return reasons.stream().findFirst();
  }

  @Override
  public void scored(int pictures, int of) {
    each("scored", listener -> listener.scored(pictures, of));
  }

  @Override
  public void finished(Map<String, List<Score>> scores) {
    each("finished", listener -> listener.finished(scores));
  }

  private void each(String method, Consumer<RunListener> call) {
    byName.forEach((name, listener) -> named(name, listener, method, () -> call.accept(listener)));
  }

  private static void named(String name, RunListener listener, String method, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      throw new TrainingException(
          "listeners."
              + name
              + " ("
              + listener.getClass().getName()
              + ") failed in "
              + method
              + ": "
              + e
              + "; run.log or --debug shows where",
          e);
    }
  }
}
