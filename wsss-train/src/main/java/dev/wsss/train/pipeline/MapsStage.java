package dev.wsss.train.pipeline;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.inference.CamModel;
import dev.wsss.eval.augment.OnBadImage;
import dev.wsss.eval.cam.CamInference;
import dev.wsss.eval.cam.LabelSource;
import dev.wsss.eval.store.MapGrid;
import dev.wsss.eval.store.MapStoreWriter;
import dev.wsss.eval.store.StoreSettings;
import dev.wsss.eval.store.StoredMaps;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.provenance.RunIdentities;
import dev.wsss.train.provenance.RunIdentity;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Infers the class activation maps of all pictures, into {@code maps/}, a store. */
record MapsStage(ResolvedRun run, PipelinePictures images, RunIdentities identities)
    implements Stage {
  private static final Logger LOG = LoggerFactory.getLogger(MapsStage.class);

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
    Set<String> keys = Set.of("scoring.network", "training.split", "scoring.split");
    return identities.stage(run.config(), key -> key.startsWith("cams.") || keys.contains(key));
  }

  @Override
  public void make(Path folder, Made from, StageListener listener) throws IOException {
    Map<String, Example> examples =
        images.all().stream().collect(Collectors.toMap(Example::id, Function.identity()));
    List<String> ids = images.all().stream().map(Example::id).toList();
    StoreSettings settings =
        new StoreSettings(
            images.data().classes(), "class activation maps, " + folder.getFileName());
    try (Run trained = Run.open(run, from.of(TrainStage.NAME), Resume.CONTINUE);
        MapStoreWriter writer = MapStoreWriter.open(folder.resolve(NAME), settings, ids)) {
      CamModel model = trained.model();
      List<String> left = List.copyOf(writer.left());
      new PictureLoop(NAME, ids.size() - left.size(), ids.size(), listener)
          .run(
              left.stream().map(id -> of(examples, id)).toList(),
              PictureLoop.threads(THREADS, () -> worker(model, writer)));
      writer.finish();
    }
  }

  private static Example of(Map<String, Example> examples, String id) {
    Example example = examples.get(id);
    if (example == null) {
      throw new IllegalStateException("no picture '" + id + "'");
    }
    return example;
  }

  private PictureLoop.Work<Example> worker(CamModel model, MapStoreWriter writer) {
    CamInference inference = new CamInference(model, run.config().cams());
    return example -> {
      try {
        var image = images.data().image(example);
        var maps = inference.maps(List.of(image), List.of(example), LabelSource.GIVEN);
        writer.add(StoredMaps.of(maps.get(0), MapGrid.CELL));
      } catch (BadImageException e) {
        if (run.config().training().onBadImage() == OnBadImage.FAIL) {
          throw new DataException(
              e.getMessage() + " (on-bad-image: skip would leave it without a mask instead)", e);
        }
        LOG.warn("left without a mask: {}", e.getMessage());
        writer.leaveOut(example.id(), String.valueOf(e.getMessage()));
      }
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
