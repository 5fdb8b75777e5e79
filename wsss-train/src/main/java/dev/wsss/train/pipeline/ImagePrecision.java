package dev.wsss.train.pipeline;

import dev.wsss.api.data.Example;
import dev.wsss.api.metric.Metric;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.store.MapStore;
import dev.wsss.eval.store.StoredMaps;
import dev.wsss.train.config.RunConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Mean average precision of the network's image-level classes, split by split: {@code
 * image-map.json} of the stage seeds. It needs the pictures' labels and no masks.
 */
record ImagePrecision(Map<String, Score> bySplit) {
  private static final String FILE = "image-map.json";

  /** That of the first metric that has one; without splits where none has. */
  static ImagePrecision of(RunConfig config, PipelinePictures pictures, MapStore maps) {
    List<Metric<?>> metrics =
        Background.configured(config).stream().filter(Metric::readsProbabilitiesOnly).toList();
    Map<String, Score> bySplit = new TreeMap<>();
    pictures
        .reported()
        .forEach(
            (split, examples) ->
                metrics.stream()
                    .flatMap(metric -> scores(metric, pictures, examples, maps).stream())
                    .filter(score -> score.name().equals("map") && score.mode().equals("none"))
                    .findFirst()
                    .ifPresent(score -> bySplit.put(split, score)));
    return new ImagePrecision(bySplit);
  }

  private static <A> List<Score> scores(
      Metric<A> metric, PipelinePictures pictures, List<Example> examples, MapStore maps) {
    A tally = metric.open(pictures.data().classes());
    for (Example example : examples) {
      if (maps.leftOut(example.id()).isEmpty()) {
        StoredMaps own = maps.maps(example.id());
        metric.add(
            tally,
            new Prediction(example, own.probabilities(), own.maps().winners(), Optional.empty()));
      }
    }
    return metric.read(tally, Optional.empty());
  }

  void write(Path folder) throws IOException {
    new SplitFile(folder.resolve(FILE)).write(bySplit);
  }

  /**
   * Reads it, by split; empty where the stage has none.
   *
   * @throws PipelineException if it is damaged
   */
  static Map<String, Score> read(Path folder) throws IOException {
    return new SplitFile(folder.resolve(FILE)).read(Score.class);
  }
}
