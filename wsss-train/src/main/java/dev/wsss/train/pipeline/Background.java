package dev.wsss.train.pipeline;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.wsss.api.config.Choice;
import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.metric.Metric;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.refine.BackgroundRule;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.eval.cam.PictureMaps;
import dev.wsss.eval.store.MapStore;
import dev.wsss.eval.store.StoredMaps;
import dev.wsss.train.config.PseudoLabelConfig;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.plugin.ModuleConstructor;
import dev.wsss.train.run.MaskThreshold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much background there is beside maps, and how that was chosen.
 *
 * @param rule where it comes from
 * @param threshold of the rules threshold and share, else 0
 * @param mode how the threshold was chosen: see {@link MaskThreshold}, or {@value #SHARE}
 * @param alpha of the rule power
 */
record Background(PseudoLabelConfig.Background rule, double threshold, String mode, double alpha) {
  private static final Logger LOG = LoggerFactory.getLogger(Background.class);
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  static final String FILE = "background.json";

  /** The threshold is a quantile of the maps. */
  static final String SHARE = "share";

  /**
   * Chooses the threshold: the one that is given, else the best one on the pictures set apart,
   * else, where these have no masks or the rule says so, the one that a share of the pixels is
   * below.
   *
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  static Background choose(
      RunConfig config, PseudoLabelConfig labels, PipelinePictures pictures, MapStore maps)
      throws IOException {
    return switch (labels.background()) {
      case SHARE -> byShare(labels, pictures, maps);
      case OTSU, POWER -> new Background(labels.background(), 0, "", labels.alpha());
      case THRESHOLD -> {
        if (labels.threshold().isPresent()) {
          yield threshold(labels.threshold().get(), MaskThreshold.GIVEN, labels);
        }
        OptionalDouble apart = chosenApart(metrics(config), pictures, maps);
        if (apart.isPresent()) {
          yield threshold(apart.getAsDouble(), MaskThreshold.HELD_OUT, labels);
        }
        LOG.warn(
            "no masks to choose the threshold of background with; it is taken so that {} % of the"
                + " pixels are background. Set pseudo-labels.background-share to what is right"
                + " for these pictures",
            Math.round(100 * labels.backgroundShare()));
        yield byShare(labels, pictures, maps);
      }
    };
  }

  private static Background byShare(
      PseudoLabelConfig labels, PipelinePictures pictures, MapStore maps) throws IOException {
    return threshold(
        ScoreQuantile.of(pictures.training(), maps, labels.backgroundShare()), SHARE, labels);
  }

  private static Background threshold(double threshold, String mode, PseudoLabelConfig labels) {
    return new Background(labels.background(), threshold, mode, labels.alpha());
  }

  /** All that are configured, in their order. */
  static List<Metric<?>> configured(RunConfig config) {
    List<Metric<?>> metrics = new ArrayList<>();
    for (Map.Entry<String, Choice<Metric<?>>> choice : config.metrics().entrySet()) {
      metrics.add(
          new ModuleConstructor<>("metrics." + choice.getKey(), choice.getValue())
              .makeFromConfig());
    }
    return metrics;
  }

  /** Those that compare maps with masks. */
  static List<Metric<?>> metrics(RunConfig config) {
    return configured(config).stream()
        .filter(metric -> metric.readsMapsBesideMasksOnly() && !metric.readsProbabilitiesOnly())
        .toList();
  }

  private static OptionalDouble chosenApart(
      List<Metric<?>> metrics, PipelinePictures pictures, MapStore maps) {
    return metrics.stream()
        .flatMapToDouble(metric -> threshold(metric, pictures, maps).stream())
        .findFirst();
  }

  private static <A> OptionalDouble threshold(
      Metric<A> metric, PipelinePictures pictures, MapStore maps) {
    return metric.threshold(tally(metric, pictures, pictures.heldOut(), maps));
  }

  /** Of the maps of pictures that have exact masks. */
  static <A> A tally(
      Metric<A> metric, PipelinePictures pictures, List<Example> examples, MapStore maps) {
    A tally = metric.open(pictures.data().classes());
    for (Example example : examples) {
      if (maps.leftOut(example.id()).isEmpty()) {
        Optional<IndexMask> truth = truth(pictures, example);
        if (truth.isPresent()) {
          StoredMaps own = maps.maps(example.id());
          metric.add(tally, new Prediction(example, own.probabilities(), own.scores(), truth));
        }
      }
    }
    return tally;
  }

  private static Optional<IndexMask> truth(PipelinePictures pictures, Example example) {
    try {
      return pictures.data().mask(example);
    } catch (BadImageException e) {
      throw new DataException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Background and the classes of a picture, at its size. */
  ClassScores beside(StoredMaps stored) {
    PictureMaps maps = stored.atPictureSize();
    BackgroundRule by =
        switch (rule) {
          case THRESHOLD, SHARE -> new BackgroundRule.Threshold(threshold);
          case POWER -> new BackgroundRule.Power(alpha);
          case OTSU -> new BackgroundRule.Otsu();
        };
    return by.beside(maps.width(), maps.height(), maps.present(), maps.scores());
  }

  String toJson() {
    return GSON.toJson(this) + "\n";
  }

  static Background read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    try {
      Background background = GSON.fromJson(Files.readString(file), Background.class);
      if (background == null || background.rule == null) {
        throw new JsonParseException("it is empty");
      }
      return background;
    } catch (JsonParseException e) {
      throw new PipelineException(file + " is damaged; make stage seeds again with --from", e);
    }
  }

  /** For example {@code threshold 0.49 (held-out)}. */
  @Override
  public String toString() {
    return switch (rule) {
      case THRESHOLD -> "threshold " + new MaskThreshold(threshold, mode);
      case POWER -> "(1 - max)^" + alpha;
      case SHARE -> "threshold " + threshold + " (" + mode + ")";
      case OTSU -> "each picture's own threshold (otsu)";
    };
  }
}
