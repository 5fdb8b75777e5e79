package dev.wsss.train.pipeline;

import dev.wsss.api.data.Example;
import dev.wsss.eval.augment.MaskFolder;
import dev.wsss.train.checkpoint.LearnerCheckpoints;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.SegmentationConfig;
import dev.wsss.train.config.TrainingPictures;
import dev.wsss.train.provenance.RunIdentities;
import dev.wsss.train.provenance.RunIdentity;
import dev.wsss.train.segmentation.SegmentationTraining;
import dev.wsss.train.wiring.InitialWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
    return fromStudent()
        ? List.of(TrainStage.NAME, PseudoLabelStage.NAME)
        : List.of(PseudoLabelStage.NAME);
  }

  @Override
  public RunIdentity.Part settings() {
    return identities.stage(
        config,
        key ->
            key.startsWith("engine.")
                || (key.startsWith("segmentation.")
                    && !key.equals("segmentation.validation-pictures")
                    && !key.startsWith("segmentation.prediction.")));
  }

  private boolean fromStudent() {
    return segmentation.start() == SegmentationConfig.Start.STUDENT;
  }

  private Optional<Path> student(Made from) {
    return fromStudent() ? Optional.of(from.of(TrainStage.NAME)) : Optional.empty();
  }

  @Override
  public int pictures() {
    return 0;
  }

  @Override
  public int epochs() {
    return segmentation.training().epochs();
  }

  @Override
  public int stepsAnEpoch() {
    return images.training().size() / segmentation.training().batch();
  }

  @Override
  public void check(InitialWeights weights) {
    new SegmentationTraining(segmentation, config.engine()).check(images.data().classes(), weights);
  }

  @Override
  public void make(Path folder, Made from, StageListener listener) {
    MaskFolder masks = masks(from);
    training(images.validation(), from)
        .run(folder, images.data(), masks.having(images.training()), masks, listener.training());
  }

  @Override
  public void tryOut(Path folder, Made from, int steps, StageListener listener) {
    MaskFolder masks = masks(from);
    int pictures = steps * segmentation.training().batch();
    List<Example> some = TrainingPictures.repeated(masks.having(images.training()), pictures);
    training(List.of(), from).run(folder, images.data(), some, masks, listener.training());
  }

  private MaskFolder masks(Made from) {
    return new MaskFolder(from.of(PseudoLabelStage.NAME).resolve("masks"), images.data());
  }

  private SegmentationTraining training(List<Example> validation, Made from) {
    return new SegmentationTraining(segmentation, config.engine(), validation, student(from));
  }

  @Override
  public String digest(Path folder) throws IOException {
    return new LearnerCheckpoints(folder).id();
  }
}
