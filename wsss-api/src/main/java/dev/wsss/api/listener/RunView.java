package dev.wsss.api.listener;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.metric.Prediction;
import java.nio.file.Path;
import java.util.List;

/** What a listener may look at while a run trains. Nothing seen here changes the run. */
public interface RunView {

  /** The run's folder; files of a listener's own may stand there. */
  Path folder();

  /** The data set, as configured. */
  SegmentationDataset data();

  /** The network that learns by gradients (MainNet). */
  NetworkView student();

  /** The network that supervises (SupportNet). */
  NetworkView teacher();

  /** The pictures that are scored or labelled once training has ended; empty if that is unknown. */
  default List<Example> scored() {
    return List.of();
  }

  /**
   * Class activation maps and class probabilities of one picture, as scoring would infer them from
   * the networks as they stand.
   *
   * @param example its name and labels; only labelled classes get maps
   */
  Prediction predict(RgbImage image, Example example);
}
