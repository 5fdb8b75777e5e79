package dev.wsss.train.pipeline;

import dev.wsss.api.inference.CamModel;
import dev.wsss.eval.cam.CamInference;
import dev.wsss.eval.cam.LabelSource;
import dev.wsss.eval.store.MapGrid;
import dev.wsss.eval.store.StoredMaps;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.provenance.RunIdentities;
import dev.wsss.train.provenance.RunIdentity;
import dev.wsss.train.run.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Infers the class activation maps of all pictures, into {@code maps/}, a store. */
record MapsStage(
    RunConfig config, TrainStage training, PipelinePictures images, RunIdentities identities)
    implements Stage {
  static final String NAME = "maps";

  /** One looks at a picture with the network while the other decodes or packs one. */
  private static final int THREADS = 2;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> reads() {
    return List.of(TrainStage.NAME);
  }

  @Override
  public RunIdentity.Part settings() {
    Set<String> keys =
        Set.of("scoring.network", "scoring.map-method", "training.split", "scoring.split");
    return identities.stage(config, key -> key.startsWith("cams.") || keys.contains(key));
  }

  @Override
  public void make(Path folder, Made from, StageListener listener) throws IOException {
    PictureStore store =
        new PictureStore(
            NAME, folder.resolve(NAME), images.data().classes(), config.training().onBadImage());
    try (Run trained = training.open(from.of(TrainStage.NAME), from);
        CamModel model = trained.frozenModel()) {
      store.fill(
          "class activation maps, " + folder.getFileName(),
          images.all(),
          THREADS,
          () -> maker(model),
          id -> Optional.empty(),
          listener);
    }
  }

  private PictureStore.Maker maker(CamModel model) {
    CamInference inference = new CamInference(model, config.cams());
    return example -> {
      var image = images.data().image(example);
      var maps = inference.maps(List.of(image), List.of(example), LabelSource.GIVEN);
      return StoredMaps.of(maps.get(0), MapGrid.CELL);
    };
  }

  @Override
  public int pictures() {
    return images.all().size();
  }

  @Override
  public String digest(Path folder) throws IOException {
    return StoreDigest.of(folder.resolve(NAME));
  }
}
