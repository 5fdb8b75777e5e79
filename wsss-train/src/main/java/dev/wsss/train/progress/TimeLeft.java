package dev.wsss.train.progress;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.listener.RunView;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long scoring will take, and how long it still takes. What a picture costs is measured once,
 * on the first picture, after the first epoch, when the code is warm; once scoring runs, by what
 * was scored so far.
 */
final class TimeLeft {
  private static final double NANOS = 1e-9;

  private final LongSupplier nanoTime;
  private @Nullable RunView run;
  private OptionalDouble ofScoring = OptionalDouble.empty();
  private long scoringSince;
  private int scoredBefore = -1;

  TimeLeft(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void started(RunView view) {
    run = view;
  }

  /** Measures a picture, once. */
  void epochEnded() {
    RunView view = run;
    if (view == null || ofScoring.isPresent() || view.scored().isEmpty()) {
      return;
    }
    List<Example> pictures = view.scored();
    try {
      var image = view.data().image(pictures.get(0));
      long start = nanoTime.getAsLong();
      view.predict(image, pictures.get(0));
      double picture = (nanoTime.getAsLong() - start) * NANOS;
      ofScoring = OptionalDouble.of(picture * pictures.size());
    } catch (BadImageException e) {
      run = null; // whoever reads it next tells of it; the time stays unknown
    }
  }

  /** What is left of a run, for example {@code 1:40}; scoring that nobody has measured is named. */
  String ofRun(double training) {
    RunView view = run;
    boolean unknown = ofScoring.isEmpty() && view != null && !view.scored().isEmpty();
    return ProgressLine.clockTime(training + ofScoring.orElse(0)) + (unknown ? " + scoring" : "");
  }

  /** Pictures a second so far; empty before the second picture. */
  OptionalDouble speed(int scored) {
    long now = nanoTime.getAsLong();
    if (scoredBefore < 0 || scored <= scoredBefore) { // another split is scored
      scoringSince = now;
      scoredBefore = scored;
    }
    double seconds = (now - scoringSince) * NANOS;
    return scored > scoredBefore && seconds > 0
        ? OptionalDouble.of((scored - scoredBefore) / seconds)
        : OptionalDouble.empty();
  }
}
