package dev.wsss.eval.cam;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.inference.CamModel;
import dev.wsss.api.metric.Metric;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.Score;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores pictures with several metrics in one pass of the network over each picture.
 *
 * <p>Pictures are decoded in a thread of their own while the network runs; consecutive ones of
 * equal size share a pass ({@link CamConfig#pixelsPerPass()}). One whose map neither the listener
 * nor a metric wants is run once, at scale 1, for its probabilities. One that cannot be decoded is
 * left out: warned of once for the lifetime of the scorer, counted, and told to the listener. Used
 * by one thread at a time.
 */
public final class SplitScorer {
  private static final Logger LOG = LoggerFactory.getLogger(SplitScorer.class);

  private final CamInference inference;
  private final CamInference probabilities;
  private final CamConfig config;
  private final Set<String> badPictures = new HashSet<>();
  private String lastCause = "";

  /**
   * @param model not closed by this
   */
  public SplitScorer(CamModel model, CamConfig config) {
    this.inference = new CamInference(model, config);
    this.probabilities =
        new CamInference(
            model,
            new CamConfig(List.of(1.0), false, config.pixelsPerPass(), config.pictureSide()));
    this.config = config;
  }

  /**
   * Reads every metric off the reported pictures, with thresholds chosen on the held-out ones.
   *
   * <p>Metrics get a held-out tally where at least one of the held-out pictures could be decoded.
   * Warns of classes that pictures are labelled with and none of their masks shows.
   *
   * @param heldOut scored first; may be empty
   * @param metrics by the name of their slot
   * @return scores by the same names, in the same order
   * @throws IllegalArgumentException if a picture is both reported and held out
   * @throws DataException if none of the reported pictures can be decoded
   */
  public Map<String, List<Score>> score(
      SegmentationDataset data,
      List<Example> reported,
      List<Example> heldOut,
      Map<String, Metric<?>> metrics,
      PredictionListener listener) {
    requireDisjoint(reported, heldOut);
    List<Slot<?>> slots = new ArrayList<>();
    metrics.forEach((name, metric) -> slots.add(open(name, metric, data.classes())));
    boolean needsMask = metrics.values().stream().allMatch(Metric::readsMapsBesideMasksOnly);
    int apart =
        pass(
            data,
            heldOut,
            listener,
            picture -> !needsMask || isWanted(picture, true, listener),
            prediction -> slots.forEach(slot -> slot.addHeldOut(prediction)),
            listener::heldOut);
    if (apart == 0) {
      slots.replaceAll(Slot::withoutHeldOut);
    }
    for (Slot<?> slot : slots) {
      slot.threshold().ifPresent(threshold -> listener.threshold(slot.name, threshold));
    }
    MaskedLabels labels = new MaskedLabels();
    int counted =
        pass(
            data,
            reported,
            listener,
            picture -> !needsMask || isWanted(picture, false, listener),
            prediction -> {
              labels.add(prediction);
              slots.forEach(slot -> slot.addReported(prediction));
            },
            listener::predicted);
    if (counted == 0 && !reported.isEmpty()) {
      throw new DataException(
          "none of the %d pictures to score can be decoded; the last of them: %s"
              .formatted(reported.size(), lastCause));
    }
    labels.neverShown(data.classes()).ifPresent(LOG::warn);
    Map<String, List<Score>> scores = new LinkedHashMap<>();
    for (Slot<?> slot : slots) {
      scores.put(slot.name, slot.read());
      listener.curve(slot.name, slot.curve());
    }
    return scores;
  }

  /** How many different pictures could not be decoded so far. */
  public int badPictures() {
    return badPictures.size();
  }

  private static void requireDisjoint(List<Example> reported, List<Example> heldOut) {
    Set<String> apart = new HashSet<>();
    heldOut.forEach(example -> apart.add(example.id()));
    List<String> both = reported.stream().map(Example::id).filter(apart::contains).toList();
    if (!both.isEmpty()) {
      throw new IllegalArgumentException(
          both.size()
              + " pictures are both reported and held out, for example '"
              + both.get(0)
              + "': a threshold chosen on a picture may not be reported on it");
    }
  }

  private static boolean isWanted(
      LabelledPicture picture, boolean heldOut, PredictionListener listener) {
    return picture.truth().isPresent() || listener.wantsMap(picture.example(), heldOut);
  }

  /**
   * Gives how many pictures were counted.
   *
   * @param counted hears of all of them, then {@code mapped} of those that have needed their map
   */
  private int pass(
      SegmentationDataset data,
      List<Example> examples,
      PredictionListener listener,
      Predicate<LabelledPicture> needsMap,
      Consumer<Prediction> counted,
      Consumer<Prediction> mapped) {
    int good = 0;
    Consumer<Prediction> withMap = counted.andThen(mapped);
    Consumer<Prediction> withoutMap = counted.andThen(listener::withoutMap);
    boolean batchHasMaps = true;
    try (Decoder decoder = new Decoder(data, examples)) {
      List<LabelledPicture> batch = new ArrayList<>();
      for (var next = decoder.next(); next != null; next = decoder.next()) {
        if (next.cause() != null) {
          skip(next.example(), next.cause(), listener);
        } else if (next.picture() != null) {
          good++;
          boolean hasMap = needsMap.test(next.picture());
          if (!batch.isEmpty() && (hasMap != batchHasMaps || !fits(batch, next.picture()))) {
            predict(batch, batchHasMaps, batchHasMaps ? withMap : withoutMap);
          }
          batchHasMaps = hasMap;
          batch.add(next.picture());
        }
      }
      if (!batch.isEmpty()) {
        predict(batch, batchHasMaps, batchHasMaps ? withMap : withoutMap);
      }
    }
    return good;
  }

  private void predict(List<LabelledPicture> batch, boolean maps, Consumer<Prediction> counted) {
    (maps ? inference : probabilities).predict(batch).forEach(counted);
    batch.clear();
  }

  private boolean fits(List<LabelledPicture> batch, LabelledPicture next) {
    long pixels = (long) next.image().width() * next.image().height() * (config.flip() ? 2 : 1);
    return next.hasSizeOf(batch.get(0)) && (batch.size() + 1) * pixels <= config.pixelsPerPass();
  }

  private void skip(Example example, BadImageException cause, PredictionListener listener) {
    if (badPictures.add(example.id())) {
      LOG.warn("left out of scoring: {}", cause.getMessage());
    }
    lastCause = String.valueOf(cause.getMessage());
    listener.skipped(example, cause);
  }

  private static <A> Slot<A> open(String name, Metric<A> metric, ClassNames classes) {
    return new Slot<>(name, metric, metric.open(classes), Optional.of(metric.open(classes)));
  }

  /** A metric with its tallies. */
  private record Slot<A>(String name, Metric<A> metric, A reported, Optional<A> heldOut) {
    Slot<A> withoutHeldOut() {
      return new Slot<>(name, metric, reported, Optional.empty());
    }

    void addReported(Prediction prediction) {
      metric.add(reported, prediction);
    }

    void addHeldOut(Prediction prediction) {
      heldOut.ifPresent(tally -> metric.add(tally, prediction));
    }

    List<Score> read() {
      return metric.read(reported, heldOut);
    }

    OptionalDouble threshold() {
      return heldOut.isPresent() ? metric.threshold(heldOut.get()) : OptionalDouble.empty();
    }

    List<Score> curve() {
      return metric.curve(reported);
    }
  }
}
