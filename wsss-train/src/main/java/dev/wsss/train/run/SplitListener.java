package dev.wsss.train.run;

import dev.wsss.api.metric.Prediction;
import dev.wsss.eval.cam.PredictionListener;

/** Keeps sample maps of the reported pictures and counts all pictures for the progress line. */
final class SplitListener implements PredictionListener {
  private final RunListener listener;
  private final SampleMaps samples;
  private final int total;
  private int done;

  SplitListener(RunListener listener, SampleMaps samples, int total) {
    this.listener = listener;
    this.samples = samples;
    this.total = total;
  }

  @Override
  public void predicted(Prediction prediction) {
    samples.add(prediction);
    listener.scored(++done, total);
  }

  @Override
  public void heldOut(Prediction prediction) {
    listener.scored(++done, total);
  }
}
