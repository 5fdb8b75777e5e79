package dev.wsss.train.run;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.augment.OnBadImage;
import dev.wsss.eval.cam.PredictionListener;
import dev.wsss.train.loop.TrainingException;
import java.util.List;

/** Keeps maps of the split's pictures and curves, and counts all pictures for the progress line. */
final class SplitListener implements PredictionListener {
  private final RunListener listener;
  private final SplitMaps maps;
  private final CurveFile curves;
  private final int total;
  private final OnBadImage onBadImage;
  private int done;

  SplitListener(
      RunListener listener, SplitMaps maps, CurveFile curves, int total, OnBadImage onBadImage) {
    this.listener = listener;
    this.maps = maps;
    this.curves = curves;
    this.total = total;
    this.onBadImage = onBadImage;
  }

  @Override
  public void predicted(Prediction prediction) {
    maps.add(prediction);
    counted();
  }

  @Override
  public void skipped(Example example, BadImageException cause) {
    if (onBadImage == OnBadImage.FAIL) {
      throw new DataException(
          cause.getMessage() + " (on-bad-image: skip would leave it out of the scores instead)",
          cause);
    }
    counted();
  }

  @Override
  public void threshold(String metric, double threshold) {
    maps.choose(threshold);
  }

  @Override
  public void curve(String metric, List<Score> points) {
    curves.add(metric, points);
  }

  @Override
  public void heldOut(Prediction prediction) {
    maps.addHeldOut(prediction);
    counted();
  }

  /**
   * @throws TrainingException if the thread was interrupted
   */
  private void counted() {
    listener.scored(++done, total);
    if (Thread.currentThread().isInterrupted()) {
      throw new TrainingException("stopped after scoring " + done + " of " + total + " pictures");
    }
  }
}
