package dev.wsss.api.training;

/**
 * Where training stands.
 *
 * @param epoch current epoch, from 1
 * @param epochs number of epochs of the run
 * @param step current optimiser step over the whole run, from 1
 * @param steps number of steps of the run
 */
public record TrainingClock(int epoch, int epochs, long step, long steps) {

  /** Share of the run that is done before this step: 0 at the first step, below 1 at the last. */
  public double progress() {
    return (step - 1) / (double) steps;
  }

  /** Whether this is the last step of its epoch. */
  public boolean endsEpoch() {
    return step * epochs == epoch * steps;
  }
}
