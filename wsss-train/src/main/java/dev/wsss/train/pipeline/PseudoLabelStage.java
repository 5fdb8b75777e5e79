package dev.wsss.train.pipeline;

import dev.wsss.api.data.Example;
import dev.wsss.eval.coco.CocoFiles;
import dev.wsss.train.config.PseudoLabelConfig;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.provenance.RunIdentities;
import dev.wsss.train.provenance.RunIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the masks that a network is to learn from: those of the training pictures, with 255 where
 * the scores are in doubt; on request as COCO's JSON too.
 */
record PseudoLabelStage(
    RunConfig config,
    PseudoLabelConfig labels,
    ScoreSource before,
    PipelinePictures images,
    RunIdentities identities)
    implements Stage {
  static final String NAME = "pseudo-labels";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> reads() {
    return before.stages();
  }

  @Override
  public RunIdentity.Part settings() {
    Set<String> keys = Set.of("pseudo-labels.doubt", "pseudo-labels.coco");
    return identities.stage(
        config, key -> keys.contains(key) || PipelinePictures.REPORTED.contains(key));
  }

  @Override
  public void make(Path folder, Made from, StageListener listener) throws IOException {
    ScoreSource.Scores scores = before.open(from);
    MaskFolder masks = new MaskFolder(folder, images.data());
    List<Example> examples =
        images.training().stream().filter(e -> scores.leftOut(e.id()).isEmpty()).toList();
    masks.writeMissing(
        NAME, examples, example -> scores.of(example.id()).labels(labels.doubt()), listener);
    if (labels.coco()) {
      CocoFiles.write(
          folder,
          images.data().classes(),
          examples.stream()
              .map(example -> new CocoFiles.Picture(fileName(example), masks.file(example)))
              .toList());
    }
    String split = images.trainingSplit();
    masks.score(Map.of(split, images.reported().getOrDefault(split, List.of())));
  }

  /** Of the picture's file; the picture's name where it is in none. */
  private String fileName(Example example) {
    return images.data().files(example).stream()
        .findFirst()
        .map(file -> String.valueOf(file.getFileName()))
        .orElse(example.id());
  }

  @Override
  public int pictures() {
    return images.training().size();
  }

  @Override
  public String digest(Path folder) throws IOException {
    return new MaskFolder(folder, images.data()).digest(images.training());
  }
}
