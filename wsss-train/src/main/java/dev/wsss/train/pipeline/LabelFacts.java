package dev.wsss.train.pipeline;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.metric.Metric;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.store.MapStore;
import dev.wsss.eval.store.StoredMaps;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.run.EmptyMaps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the pictures' labels say of the network, split by split, in the stage seeds. It needs no
 * masks.
 *
 * @param precision mean average precision of image-level classes: {@code image-map.json}; without
 *     splits where no metric has one
 * @param empty how many maps are empty: {@code empty-maps.json}
 */
record LabelFacts(Map<String, Score> precision, Map<String, EmptyMaps> empty) {
  private static final String PRECISION = "image-map.json";
  private static final String EMPTY = "empty-maps.json";

  /** Reads the maps of each split once; the first metric that has a mean precision counts. */
  static LabelFacts of(RunConfig config, PipelinePictures pictures, MapStore maps) {
    List<Metric<?>> metrics =
        Background.configured(config).stream().filter(Metric::readsProbabilitiesOnly).toList();
    LabelFacts facts = new LabelFacts(new TreeMap<>(), new TreeMap<>());
    pictures
        .reported()
        .forEach((split, examples) -> facts.add(split, examples, metrics, pictures, maps));
    return facts;
  }

  private void add(
      String split,
      List<Example> examples,
      List<Metric<?>> metrics,
      PipelinePictures pictures,
      MapStore maps) {
    List<Tally<?>> tallies = tallies(metrics, pictures.data().classes());
    EmptyMaps counted = new EmptyMaps();
    for (Example example : examples) {
      if (maps.leftOut(example.id()).isEmpty()) {
        StoredMaps own = maps.maps(example.id());
        counted.add(example, own);
        tallies.forEach(tally -> tally.add(example, own));
      }
    }
    empty.put(split, counted);
    tallies.stream()
        .flatMap(tally -> tally.scores().stream())
        .filter(score -> score.name().equals("map") && score.mode().equals("none"))
        .findFirst()
        .ifPresent(score -> precision.put(split, score));
  }

  private static List<Tally<?>> tallies(List<Metric<?>> metrics, ClassNames classes) {
    List<Tally<?>> tallies = new ArrayList<>();
    metrics.forEach(metric -> tallies.add(Tally.open(metric, classes)));
    return tallies;
  }

  /** A metric of probabilities, while it is fed. */
  private record Tally<A>(Metric<A> metric, A counts) {
    static <A> Tally<A> open(Metric<A> metric, ClassNames classes) {
      return new Tally<>(metric, metric.open(classes));
    }

    void add(Example example, StoredMaps own) {
      metric.add(
          counts,
          new Prediction(example, own.probabilities(), own.maps().winners(), Optional.empty()));
    }

    List<Score> scores() {
      return metric.read(counts, Optional.empty());
    }
  }

  void write(Path folder) throws IOException {
    new SplitFile(folder.resolve(PRECISION)).write(precision);
    new SplitFile(folder.resolve(EMPTY)).write(empty);
  }

  /**
   * Reads what a folder has of them; earlier versions have not counted empty maps.
   *
   * @throws PipelineException if it is damaged
   */
  static LabelFacts read(Path folder) throws IOException {
    return new LabelFacts(
        new SplitFile(folder.resolve(PRECISION)).read(Score.class),
        new SplitFile(folder.resolve(EMPTY)).read(EmptyMaps.class));
  }
}
