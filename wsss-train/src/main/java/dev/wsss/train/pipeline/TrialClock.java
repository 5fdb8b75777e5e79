package dev.wsss.train.pipeline;

import dev.wsss.api.listener.RunListener;
import dev.wsss.api.listener.StepReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Hears when a stage that is tried has done its pictures or steps, and says what all of them would
 * take.
 *
 * <p>The first ones do not count: the tensor engine chooses its kernels in them, and Java compiles.
 */
final class TrialClock implements StageListener {
  private static final int WARM_UP_PICTURES = 2;
  private static final int WARM_UP_STEPS = 1;

  private final LongSupplier nanos;
  private final long start;
  private final List<Double> pictures = new ArrayList<>();
  private final List<Double> steps = new ArrayList<>();
  private final List<Double> stepSeconds = new ArrayList<>();

  TrialClock() {
    this(System::nanoTime);
  }

  TrialClock(LongSupplier nanos) {
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /** Since the stage began. */
  double seconds() {
    return now();
  }

  private double now() {
    return (nanos.getAsLong() - start) * 1e-9;
  }

  @Override
  public synchronized void picture(int done, int of) {
    pictures.add(now());
  }

  @Override
  public RunListener training() {
    return new RunListener() {
      @Override
      public void step(StepReport report) {
        steps.add(now());
        stepSeconds.add(report.seconds());
      }
    };
  }

  /** Seconds of the whole stage, of which a little has just ended. */
  synchronized double secondsOf(Stage whole) {
    if (!steps.isEmpty()) {
      return secondsOfTraining(whole);
    }
    return pictures.isEmpty() ? now() : secondsOfPictures(whole.pictures());
  }

  /** To the first step, the steps at their median, and what ends an epoch. */
  private double secondsOfTraining(Stage whole) {
    double end = now() - steps.get(steps.size() - 1);
    double step =
        median(stepSeconds.subList(Math.min(WARM_UP_STEPS, steps.size() - 1), steps.size()));
    double before = Math.max(0, steps.get(0) - step);
    return before + whole.epochs() * (whole.stepsAnEpoch() * step + end);
  }

  /**
   * To the first picture, the pictures at their mean, since they have different sizes, and what
   * follows them, such as comparing masks, by their number.
   */
  private double secondsOfPictures(int count) {
    int tried = pictures.size();
    double last = pictures.get(tried - 1);
    int warmUp = Math.min(WARM_UP_PICTURES, tried - 1);
    double warm = warmUp == 0 ? 0 : pictures.get(warmUp - 1);
    double picture = (last - warm) / (tried - warmUp);
    double before = Math.max(0, warm - warmUp * picture);
    return before + count * picture + (now() - last) * count / tried;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
