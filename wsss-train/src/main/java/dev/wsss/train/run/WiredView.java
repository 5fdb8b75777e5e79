package dev.wsss.train.run;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.NetworkView;
import dev.wsss.api.listener.RunView;
import dev.wsss.api.metric.Prediction;
import dev.wsss.train.listener.ReadOnlyNetwork;
import dev.wsss.train.wiring.WiredRun;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What listeners see of a wired run.
 *
 * @param scored once training has ended
 * @param predictor infers the maps of a picture as scoring does
 */
record WiredView(
    WiredRun run,
    Path folder,
    List<Example> scored,
    BiFunction<RgbImage, Example, Prediction> predictor)
    implements RunView {

  @Override
  public SegmentationDataset data() {
    return run.data();
  }

  @Override
  public NetworkView student() {
    return new ReadOnlyNetwork(run.student());
  }

  @Override
  public NetworkView teacher() {
    return new ReadOnlyNetwork(run.teacher());
  }

  @Override
  public Prediction predict(RgbImage image, Example example) {
    return predictor.apply(image, example);
  }
}
