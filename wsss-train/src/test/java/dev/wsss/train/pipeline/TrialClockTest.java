package dev.wsss.train.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.listener.StepReport;
import dev.wsss.api.training.TrainingClock;
import dev.wsss.train.provenance.RunIdentity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialClockTest {
  private static final double ROUNDING = 1e-9;

  private long nanos = 5_000_000_000L;
  private final TrialClock clock = new TrialClock(() -> nanos);

  private void pass(double seconds) {
    nanos += Math.round(seconds * 1e9);
  }

  @Test
  void multipliesPicturesAndWhatFollowsThemButNotWhatIsBefore() {
    pass(7);
    clock.picture(1, 4);
    pass(3);
    clock.picture(2, 4); // neither counts
    pass(1);
    clock.picture(3, 4);
    pass(3);
    clock.picture(4, 4);
    pass(2);
    // 2 s a picture from the third on; so the 10 s to the second are 6 s before and 2 pictures.
    assertThat(clock.secondsOf(stage(100, 0, 0))).isEqualTo(6 + 100 * 2 + 2 * 25, within(ROUNDING));
  }

  @Test
  void multipliesTheMedianOfStepsAndWhatEndsAnEpoch() {
    pass(4);
    step(3);
    step(0.5);
    step(0.25);
    step(0.5);
    pass(0.125);
    assertThat(clock.secondsOf(stage(0, 10, 20)))
        .isEqualTo(6.5 + 10 * (20 * 0.5 + 0.125), within(ROUNDING));
  }

  @Test
  void takesWhatThereIsWhereNothingIsCounted() {
    pass(1.5);
    assertThat(clock.secondsOf(stage(0, 0, 0))).isEqualTo(1.5, within(ROUNDING));
  }

  @Test
  void countsTheOnlyPictureThatThereIs() {
    pass(2);
    clock.picture(1, 1);
    assertThat(clock.secondsOf(stage(3, 0, 0))).isEqualTo(6, within(ROUNDING));
  }

  private void step(double seconds) {
    pass(seconds);
    TrainingClock at = new TrainingClock(1, 1, 1, 4);
    clock.training().step(new StepReport(at, 8, seconds, 0, 0.1, Map.of()));
  }

  private static Stage stage(int pictures, int epochs, int stepsAnEpoch) {
    return new Stage() {
      @Override
      public String name() {
        return "counted";
      }

      @Override
      public List<String> reads() {
        return List.of();
      }

      @Override
      public RunIdentity.Part settings() {
        throw new UnsupportedOperationException();
      }

      @Override
      public int pictures() {
        return pictures;
      }

      @Override
      public int epochs() {
        return epochs;
      }

      @Override
      public int stepsAnEpoch() {
        return stepsAnEpoch;
      }

      @Override
      public void make(Path folder, Made from, StageListener listener) {
        throw new UnsupportedOperationException();
      }

      @Override
      public String digest(Path folder) {
        throw new UnsupportedOperationException();
      }
    };
  }
}
