package dev.wsss.train.pipeline;

import dev.wsss.eval.augment.MaskFolder;
import dev.wsss.train.checkpoint.LearnerCheckpoints;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.SegmentationConfig;
import dev.wsss.train.provenance.RunIdentities;
import dev.wsss.train.provenance.RunIdentity;
import dev.wsss.train.segmentation.SegmentationTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Trains the segmentation network on the pseudo labels. */
record SegmentStage(
    RunConfig config,
    SegmentationConfig segmentation,
    PipelinePictures images,
    RunIdentities identities)
    implements Stage {
  static final String NAME = "segment";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> reads() {
    return List.of(PseudoLabelStage.NAME);
  }

  @Override
  public RunIdentity.Part settings() {
    return identities.stage(
        config,
        key ->
            key.startsWith("engine.")
                || (key.startsWith("segmentation.")
                    && !key.startsWith("segmentation.prediction.")));
  }

  @Override
  public int pictures() {
    return 0;
  }

  @Override
  public void make(Path folder, Made from, StageListener listener) {
    MaskFolder masks =
        new MaskFolder(from.of(PseudoLabelStage.NAME).resolve("masks"), images.data());
    new SegmentationTraining(segmentation, config.engine())
        .run(folder, images.data(), masks.having(images.training()), masks, listener.training());
  }

  @Override
  public String digest(Path folder) throws IOException {
    return new LearnerCheckpoints(folder).id();
  }
}
