package dev.wsss.train.pipeline;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.eval.refine.walk.AffinityLabels;
import dev.wsss.eval.store.MapStore;
import dev.wsss.train.affinity.AffinityTraining;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.provenance.RunIdentities;
import dev.wsss.train.provenance.RunIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes what an affinity network learns from: labels of the training pictures on which two runs of
 * the CRF agree, 255 elsewhere.
 *
 * @param key of the walk in the configuration
 */
record AffinityLabelStage(
    String name,
    String key,
    AffinityTraining training,
    RunConfig config,
    PipelinePictures images,
    RunIdentities identities)
    implements Stage {

  @Override
  public List<String> reads() {
    return List.of(MapsStage.NAME);
  }

  @Override
  public RunIdentity.Part settings() {
    return identities.stage(
        config, own -> own.startsWith(key + ".alpha-") || own.startsWith(key + ".crf."));
  }

  @Override
  public int pictures() {
    return images.training().size();
  }

  @Override
  public void make(Path folder, Made from, StageListener listener) throws IOException {
    MapStore maps = MapStore.open(from.of(MapsStage.NAME).resolve(MapsStage.NAME));
    MaskFolder masks = new MaskFolder(folder, images.data());
    AffinityLabels labels = training.labels();
    List<Example> examples =
        images.training().stream().filter(e -> maps.leftOut(e.id()).isEmpty()).toList();
    masks.writeMissing(
        name,
        examples,
        example -> {
          try {
            return labels.of(images.data().image(example), maps.maps(example.id()).atPictureSize());
          } catch (BadImageException e) {
            throw new DataException(String.valueOf(e.getMessage()), e); // it was read for its maps
          }
        },
        listener);
    // Not compared with exact masks: most pixels are open here, which would count as missed.
  }

  @Override
  public String digest(Path folder) throws IOException {
    return new MaskFolder(folder, images.data()).digest(images.training());
  }
}
