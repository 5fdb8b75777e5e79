package dev.wsss.train.pipeline;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.eval.predict.Predictor;
import dev.wsss.eval.predict.SegmentedPrediction;
import dev.wsss.eval.store.MapStore;
import dev.wsss.eval.store.StoredMaps;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.SegmentationConfig;
import dev.wsss.train.provenance.RunIdentities;
import dev.wsss.train.provenance.RunIdentity;
import dev.wsss.train.segmentation.TrainedSegmentation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Labels pictures with the segmentation network, into {@code scores/}, a store, and {@code masks/}:
 * those of the scored split without a word about their classes or, where there is no such split,
 * the training pictures with their labels.
 */
record NetworkStage(
    RunConfig config,
    SegmentationConfig segmentation,
    PipelinePictures images,
    RunIdentities identities)
    implements Stage, ScoreSource {
  private static final String STORE = "scores";

  static final String NAME = "network";

  /** One looks at a picture with the network while the other decodes or packs one. */
  private static final int THREADS = 2;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> reads() {
    return List.of(SegmentStage.NAME);
  }

  @Override
  public RunIdentity.Part settings() {
    return identities.stage(
        config,
        key ->
            key.equals("scoring.split")
                || (images.scoredSplit().isEmpty() && PipelinePictures.REPORTED.contains(key))
                || (key.startsWith("segmentation.prediction.")
                    && !key.startsWith("segmentation.prediction.refine")));
  }

  /** What is labelled. */
  static List<Example> examples(PipelinePictures images) {
    return images.scoredSplit().isPresent() ? images.scored() : images.training();
  }

  @Override
  public int pictures() {
    return examples(images).size();
  }

  @Override
  public void make(Path folder, Made from, StageListener listener) throws IOException {
    make(folder, from, Labels.of(images), listener);
  }

  /** With the pictures' labels: a network that has learned nothing finds no classes to refine. */
  @Override
  public void tryOut(Path folder, Made from, int steps, StageListener listener) throws IOException {
    make(folder, from, Labels.GIVEN, listener);
  }

  private enum Labels {
    GIVEN,
    UNKNOWN;

    static Labels of(PipelinePictures images) {
      return images.scoredSplit().isPresent() ? UNKNOWN : GIVEN;
    }
  }

  private void make(Path folder, Made from, Labels labels, StageListener listener)
      throws IOException {
    MaskFolder masks = new MaskFolder(folder, images.data());
    PictureStore store =
        new PictureStore(
            NAME, folder.resolve(STORE), images.data().classes(), config.training().onBadImage());
    try (TrainedSegmentation trained = TrainedSegmentation.open(from.of(SegmentStage.NAME));
        Predictor predictor = trained.predictor(segmentation.prediction())) {
      store.fill(
          NAME + ", " + folder.getFileName(),
          examples(images),
          THREADS,
          () -> example -> masks.keep(example, scores(example, labels, predictor)),
          id -> Optional.empty(),
          listener);
    }
    masks.score(images.reported());
  }

  private ClassScores scores(Example example, Labels labels, Predictor predictor)
      throws BadImageException {
    RgbImage image = images.data().image(example);
    var prediction =
        labels == Labels.GIVEN
            ? predictor.predict(example, image)
            : predictor.predict(example.id(), image);
    return ((SegmentedPrediction) prediction).planesAtPictureSize();
  }

  @Override
  public String digest(Path folder) throws IOException {
    return StoreDigest.of(folder.resolve(STORE));
  }

  @Override
  public List<String> stages() {
    return List.of(NAME);
  }

  @Override
  public Scores open(Made from) {
    return Scores.of(MapStore.open(from.of(NAME).resolve(STORE)), StoredMaps::classScores);
  }
}
