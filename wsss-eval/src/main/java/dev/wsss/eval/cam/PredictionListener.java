package dev.wsss.eval.cam;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.Score;
import java.util.List;

/** Hears of every picture while a split is scored, and of curves. Called by one thread. */
public interface PredictionListener {

  /** Listens to nothing. */
  PredictionListener NONE = prediction -> {};

  /** One of the reported pictures was scored; they come in their order. */
  void predicted(Prediction prediction);

  /** One of the pictures set apart for choosing thresholds was scored. */
  default void heldOut(Prediction prediction) {}

  /**
   * Whether the map of a picture is wanted, whatever the metrics read. Where neither wants it, the
   * picture goes through the network once, and {@link #withoutMap} hears of it.
   *
   * @param heldOut whether it is set apart
   */
  default boolean wantsMap(Example example, boolean heldOut) {
    return true;
  }

  /** A picture, reported or set apart, was asked for its probabilities alone. */
  default void withoutMap(Prediction prediction) {}

  /** A threshold was chosen on the pictures set apart; before any reported picture. */
  default void threshold(String metric, double threshold) {}

  /** A metric's numbers at every threshold over the reported pictures, after the last of them. */
  default void curve(String metric, List<Score> points) {}

  /** A picture could not be decoded and is left out; throw to stop instead. */
  default void skipped(Example example, BadImageException cause) {}
}
