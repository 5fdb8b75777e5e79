package dev.wsss.train.pipeline;

import dev.wsss.api.data.Example;
import dev.wsss.eval.digest.Sha256;
import dev.wsss.eval.report.WholeFile;
import dev.wsss.eval.store.MapStore;
import dev.wsss.train.config.PseudoLabelConfig;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.provenance.RunIdentities;
import dev.wsss.train.provenance.RunIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts background beside the maps: {@code background.json} says by what rule, at which threshold
 * and how that was chosen. Its masks are those of the maps, before any refiner; {@link MapCurve}
 * says what other thresholds would give, {@link LabelFacts} how well the network knows classes and
 * how many maps are empty.
 */
record SeedStage(
    RunConfig config, PseudoLabelConfig labels, PipelinePictures images, RunIdentities identities)
    implements Stage {
  static final String NAME = "seeds";

  private static final Logger LOG = LoggerFactory.getLogger(SeedStage.class);

  /** Keys of the configuration that this stage reads; metrics choose the threshold. */
  private static final Set<String> KEYS =
      Set.of(
          "pseudo-labels.background",
          "pseudo-labels.threshold",
          "pseudo-labels.background-share",
          "pseudo-labels.alpha",
          "scoring.held-out-share",
          "training.left-out-share");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> reads() {
    return List.of(MapsStage.NAME);
  }

  @Override
  public RunIdentity.Part settings() {
    return identities.stage(config, key -> KEYS.contains(key) || key.startsWith("metrics."));
  }

  @Override
  public void make(Path folder, Made from, StageListener listener) throws IOException {
    MapStore maps = MapStore.open(from.of(MapsStage.NAME).resolve(MapsStage.NAME));
    Background background = Background.choose(config, labels, images, maps);
    LOG.info("background: {}", background);
    MaskFolder masks = new MaskFolder(folder, images.data());
    List<Example> examples =
        images.all().stream().filter(e -> maps.leftOut(e.id()).isEmpty()).toList();
    masks.writeMissing(
        NAME, examples, example -> background.beside(maps.maps(example.id())).labels(), listener);
    masks.score(images.reported());
    String split = images.split();
    List<Example> reported = images.reported().getOrDefault(split, List.of());
    MapCurve.of(Background.metrics(config), images, reported, maps).write(folder, split);
    LabelFacts.of(config, images, maps).write(folder);
    WholeFile.write(
        folder.resolve(Background.FILE), to -> Files.writeString(to, background.toJson()));
  }

  @Override
  public int pictures() {
    return images.all().size();
  }

  @Override
  public String digest(Path folder) throws IOException {
    return Sha256.of(folder.resolve(Background.FILE));
  }

  /** The maps with background, for the first refiner. */
  static ScoreSource scores() {
    return new ScoreSource() {
      @Override
      public List<String> stages() {
        return List.of(MapsStage.NAME, NAME);
      }

      @Override
      public Scores open(Made from) throws IOException {
        MapStore maps = MapStore.open(from.of(MapsStage.NAME).resolve(MapsStage.NAME));
        Background background = Background.read(from.of(NAME));
        return Scores.of(maps, background::beside);
      }
    };
  }
}
