package dev.wsss.train.provenance;

import dev.wsss.api.config.Choice;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.cam.SplitScorer;
import dev.wsss.eval.digest.Sha256;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.provenance.RunIdentity.Content;
import dev.wsss.train.provenance.RunIdentity.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Works out identities of runs; reads each jar, each file of weights and each data set once.
 *
 * <p>The blocks {@code scoring}, {@code cams} and {@code metrics} belong to the scoring half,
 * {@code first}, {@code pseudo-labels} and {@code segmentation} to what a pipeline does before and
 * after, all others to training. Left out are {@code training.workers}, which changes no number,
 * {@code engine.device}, which belongs to the machine, the paths of the data set, whose content is
 * what counts, and those that listeners write to.
 */
public final class RunIdentities {
  private static final Set<String> SCORING = Set.of("scoring", "cams", "metrics");
  private static final Set<String> OF_PIPELINES = Set.of("first", "pseudo-labels", "segmentation");
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("training.workers", "segmentation.training.workers", "engine.device");

  /** Blocks whose paths say where something lies, not what the run learns from. */
  private static final Set<String> PLACES = Set.of("data", "listeners");

  /** One class of each jar that every run uses. */
  private static final List<Class<?>> FRAMEWORK =
      List.of(SegmentationDataset.class, SplitScorer.class, RunIdentities.class);

  private final Map<Path, String> hashes = new HashMap<>();
  private final Map<SegmentationDataset, DataFingerprint> fingerprints = new HashMap<>();

  /** The identity of a run with the code of this process. */
  public RunIdentity of(RunConfig config, SegmentationDataset data) {
    return new RunIdentity(training(config), scoring(config), fingerprint(data).sha256());
  }

  /** What the data set holds. */
  DataFingerprint fingerprint(SegmentationDataset data) {
    return fingerprints.computeIfAbsent(data, DataFingerprint::of);
  }

  /** What a run's networks depend on besides the data. */
  public Part training(RunConfig config) {
    return stage(
        config, key -> !SCORING.contains(block(key)) && !OF_PIPELINES.contains(block(key)));
  }

  /**
   * What a part of the work depends on besides the data and what other parts have made: the
   * framework's code, and the values, files and modules under some keys.
   *
   * @param belongs dotted keys
   */
  public Part stage(RunConfig config, Predicate<String> belongs) {
    Part part = part(config, belongs);
    for (Class<?> type : FRAMEWORK) {
      part.code().put("framework " + type.getSimpleName(), code(type));
    }
    return part;
  }

  /** Fingerprint of a data set, 64 hexadecimal digits. */
  public String data(SegmentationDataset data) {
    return fingerprint(data).sha256();
  }

  /** What a run's scores depend on besides its networks. */
  public Part scoring(RunConfig config) {
    return part(config, key -> SCORING.contains(block(key)));
  }

  private Part part(RunConfig config, Predicate<String> belongs) {
    ConfigValues all = ConfigValues.of(config);
    Part part = new Part(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    all.values()
        .forEach(
            (key, value) -> {
              if (belongs.test(key) && !WITHOUT_EFFECT.contains(key)) {
                add(part, key, value);
              }
            });
    all.modules()
        .forEach(
            (key, module) -> {
              if (belongs.test(key)) {
                add(part, module);
              }
            });
    return part;
  }

  private static String block(String key) {
    int dot = key.indexOf('.');
    return dot < 0 ? key : key.substring(0, dot);
  }

  private void add(Part part, String key, Object value) {
    if (value instanceof Path path) {
      if (!PLACES.contains(block(key))) {
        part.files().put(key, new Content(path.toString(), contentOf(path)));
      }
    } else {
      part.values().put(key, String.valueOf(value));
    }
  }

  private void add(Part part, Choice<?> choice) {
    String module = choice.module().spi().getSimpleName() + " " + choice.type();
    part.code().put(module, code(choice.module().implementation()));
  }

  private Content code(Class<?> type) {
    return CodeHash.placeOf(type)
        .map(
            place ->
                new Content(nameOf(place), hashes.computeIfAbsent(place, RunIdentities::ofCode)))
        .orElseGet(() -> new Content("an unknown place", ""));
  }

  /** Of a folder of classes, its last three parts: the last alone is the same for every module. */
  private static String nameOf(Path place) {
    int parts = place.getNameCount();
    return Files.isDirectory(place) && parts > 3
        ? place.subpath(parts - 3, parts).toString()
        : String.valueOf(place.getFileName());
  }

  private static String ofCode(Path place) {
    try {
      return CodeHash.of(place);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + place + ": " + e.getMessage(), e);
    }
  }

  /** Of a file, its content; of another run's folder, its last networks; of anything else, none. */
  private String contentOf(Path path) {
    return hashes.computeIfAbsent(
        path.toAbsolutePath().normalize(),
        file -> {
          try {
            return Files.isRegularFile(file) ? Sha256.of(file) : ofLastCheckpoint(file);
          } catch (IOException e) {
            return "";
          }
        });
  }

  private static String ofLastCheckpoint(Path runFolder) throws IOException {
    Path last = runFolder.resolve("checkpoints").resolve("last");
    return Files.isDirectory(last) ? CodeHash.of(last) : "";
  }
}
