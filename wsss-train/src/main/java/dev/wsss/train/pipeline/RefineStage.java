package dev.wsss.train.pipeline;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.eval.store.MapStore;
import dev.wsss.eval.store.StoredMaps;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.provenance.RunIdentities;
import dev.wsss.train.provenance.RunIdentity;
import dev.wsss.train.wiring.InitialWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Refines the scores that stages before it have left, into {@code refined/}, a store, and {@code
 * masks/}.
 *
 * @param key of the refiner in the configuration, such as {@code pseudo-labels.refine.dense-crf}
 * @param name of the stage
 * @param refiner what opens it
 * @param examples whose scores are refined
 * @param before where they come from
 */
record RefineStage(
    String name,
    String key,
    RefinerSource refiner,
    ScoreSource before,
    List<Example> examples,
    RunConfig config,
    PipelinePictures images,
    RunIdentities identities)
    implements Stage, ScoreSource {
  private static final String STORE = "refined";

  @Override
  public List<String> reads() {
    return Stream.concat(before.stages().stream(), refiner.stages().stream()).toList();
  }

  @Override
  public RunIdentity.Part settings() {
    return identities.stage(
        config,
        own ->
            own.equals(key)
                || own.startsWith(key + ".")
                || PipelinePictures.REPORTED.contains(own));
  }

  @Override
  public void check(InitialWeights weights) {
    refiner.check();
  }

  @Override
  public void make(Path folder, Made from, StageListener listener) throws IOException {
    try (RefinerSource.Opened opened = refiner.open(from)) {
      make(folder, before.open(from), opened.refiner(), listener);
    }
    masks(folder).score(images.reported());
  }

  private MaskFolder masks(Path folder) {
    return new MaskFolder(folder, images.data());
  }

  private void make(Path folder, Scores scores, PseudoLabelRefiner opened, StageListener listener)
      throws IOException {
    new PictureStore(
            name, folder.resolve(STORE), images.data().classes(), config.training().onBadImage())
        .fill(
            name + ", " + folder.getFileName(),
            examples,
            Runtime.getRuntime().availableProcessors(),
            () -> example -> masks(folder).keep(example, refined(example, opened, scores)),
            scores::leftOut,
            listener);
  }

  /** Where no class is present, all is background and no refiner is asked. */
  private ClassScores refined(Example example, PseudoLabelRefiner opened, Scores scores)
      throws BadImageException {
    ClassScores own = scores.of(example.id());
    return own.present().length == 0
        ? own
        : opened.refine(images.data().image(example), own, example.id());
  }

  @Override
  public int pictures() {
    return examples.size();
  }

  @Override
  public String digest(Path folder) throws IOException {
    return StoreDigest.of(folder.resolve(STORE));
  }

  @Override
  public List<String> stages() {
    return List.of(name);
  }

  @Override
  public Scores open(Made from) {
    return Scores.of(MapStore.open(from.of(name).resolve(STORE)), StoredMaps::classScores);
  }
}
