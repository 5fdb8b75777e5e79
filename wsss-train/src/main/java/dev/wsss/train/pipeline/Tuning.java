package dev.wsss.train.pipeline;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.eval.metric.PictureCounts;
import dev.wsss.eval.refine.Refinement;
import dev.wsss.eval.store.MapStore;
import dev.wsss.eval.work.ItemLoop;
import dev.wsss.train.config.PseudoLabelConfig;
import dev.wsss.train.config.RefinementConfig;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.RunConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Chooses settings of {@code pseudo-labels} on training pictures whose masks, or some of whose
 * pixels, are known; never on what is reported.
 *
 * <p>One key after the other is set to the value with the largest mIoU while the others stand, the
 * first of equals; then all once more, until nothing is better or {@value #ROUNDS} rounds are over.
 */
public final class Tuning {
  private static final int ROUNDS = 3;

  private final Function<Map<String, String>, ResolvedRun> bind;
  private final PipelinePictures pictures;
  private final MapStore maps;
  private final TuningTruth truth;

  /**
   * @param bind the configuration with some keys set
   * @param pipeline whose maps are there
   * @param result of its run
   * @param points a table of clicked pixels; without one the masks of the pictures set apart count
   * @throws DataException if there is nothing to compare with
   */
  public Tuning(
      Function<Map<String, String>, ResolvedRun> bind,
      Pipeline pipeline,
      PipelineResult result,
      Optional<Path> points) {
    this.bind = bind;
    this.pictures = pipeline.pictures();
    this.maps = MapStore.open(result.folder(MapsStage.NAME).resolve(MapsStage.NAME));
    this.truth =
        points
            .map(table -> TuningTruth.ofPoints(table, pictures))
            .orElseGet(() -> TuningTruth.ofMasks(pictures));
  }

  /** Hears of each value that was tried. */
  public interface Listener {
    /** Called after each. */
    void tried(TuningResult.Tried tried);
  }

  /**
   * Tries values.
   *
   * @param values by dotted key, as YAML
   * @throws dev.wsss.api.config.ConfigException if a key or value is wrong; before anything is
   *     tried
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public TuningResult run(Map<String, List<String>> values, Listener listener) throws IOException {
    for (Map.Entry<String, List<String>> key : values.entrySet()) {
      for (String value : key.getValue()) {
        bound(Map.of(key.getKey(), value));
      }
    }
    Map<Map<String, String>, Double> known = new HashMap<>();
    double before = miou(bound(Map.of()));
    known.put(Map.of(), before);
    Map<String, String> chosen = new LinkedHashMap<>();
    List<TuningResult.Tried> tried = new ArrayList<>();
    double best = before;
    boolean isBetter = true;
    for (int round = 1; round <= ROUNDS && isBetter; round++) {
      isBetter = false;
      for (Map.Entry<String, List<String>> key : values.entrySet()) {
        for (String value : key.getValue()) {
          Map<String, String> settings = new LinkedHashMap<>(chosen);
          settings.put(key.getKey(), value);
          Double miou = known.get(settings);
          if (miou != null) { // in an earlier round
            continue;
          }
          miou = miou(bound(settings));
          known.put(settings, miou);
          TuningResult.Tried one = new TuningResult.Tried(round, key.getKey(), value, miou);
          tried.add(one);
          listener.tried(one);
          if (miou > best) {
            best = miou;
            chosen.put(key.getKey(), value);
            isBetter = true;
          }
        }
      }
    }
    return new TuningResult(truth.of(), before, best, chosen, List.copyOf(tried));
  }

  private RunConfig bound(Map<String, String> settings) {
    return bind.apply(settings).config();
  }

  /** Of the masks that a configuration makes of the maps. */
  private double miou(RunConfig config) throws IOException {
    PseudoLabelConfig labels = config.pseudoLabels().orElse(PseudoLabelConfig.USUAL);
    Background background = Background.choose(config, labels, pictures, maps);
    Refinement refinement = RefinementConfig.make("pseudo-labels.refine", labels.refine());
    Map<String, PictureCounts> counts = new ConcurrentHashMap<>();
    List<Example> examples =
        truth.masks().keySet().stream().filter(e -> maps.leftOut(e.id()).isEmpty()).toList();
    ItemLoop.Work<Example> work =
        example ->
            PictureCounts.of(example.id(), truthOf(example), mask(example, background, refinement))
                .ifPresent(own -> counts.put(example.id(), own));
    new PictureLoop("tuning", 0, examples.size(), StageListener.SILENT)
        .run(examples, PictureLoop.threads(Runtime.getRuntime().availableProcessors(), () -> work));
    return PictureCounts.miou(List.copyOf(counts.values()));
  }

  private IndexMask truthOf(Example example) {
    IndexMask mask = truth.masks().get(example);
    if (mask == null) {
      throw new IllegalStateException("no truth of " + example.id());
    }
    return mask;
  }

  private IndexMask mask(Example example, Background background, Refinement refinement) {
    ClassScores scores = background.beside(maps.maps(example.id()));
    if (refinement.refiners().isEmpty()) {
      return scores.labels();
    }
    try {
      return refinement.refine(pictures.data().image(example), scores, example.id()).labels();
    } catch (BadImageException e) {
      throw new DataException(String.valueOf(e.getMessage()), e);
    }
  }
}
