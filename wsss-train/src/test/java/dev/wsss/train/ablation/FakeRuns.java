package dev.wsss.train.ablation;

import com.google.gson.Gson;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.metric.Score;
import dev.wsss.api.tensor.Precision;
import dev.wsss.eval.augment.OnBadImage;
import dev.wsss.eval.cam.LabelThresholds;
import dev.wsss.eval.cam.MapMethod;
import dev.wsss.train.config.NetworkConfig;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.ScoringConfig;
import dev.wsss.train.config.TrainingConfig;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.plugin.PluginCatalog;
import dev.wsss.train.provenance.RunFolderException;
import dev.wsss.train.provenance.RunIdentity;
import dev.wsss.train.provenance.RunIdentity.Part;
import dev.wsss.train.run.MaskThreshold;
import dev.wsss.train.run.RunResult;
import dev.wsss.train.wiring.InitialWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs that take no time, write two small files, and remember what was asked of them. */
final class FakeRuns implements CellRunner {
  private static final Gson GSON = new Gson();
  private static final String IDENTITY = "identity.json";
  private static final String RESULT = "result.txt";

  final List<String> checked = new ArrayList<>();
  final List<String> trained = new ArrayList<>();

  /** By title. */
  final Map<String, RuntimeException> refusals = new HashMap<>();

  /** By title. */
  final Map<String, RuntimeException> failures = new HashMap<>();

  /** Title of the run in whose check the thread is interrupted. */
  String interruptedAt = "";

  /** Fingerprint of the data. */
  String data = "data";

  /** A run whose training equals that of every run with the same content and seed. */
  static PlannedRun planned(String cell, long seed, int content) {
    return planned(cell, seed, content, 8);
  }

  /**
   * @param maps of its scoring
   */
  static PlannedRun planned(String cell, long seed, int content, int maps) {
    TrainingConfig training =
        new TrainingConfig(
            "train",
            0,
            content,
            1,
            Precision.FLOAT32,
            0,
            1,
            seed,
            Optional.empty(),
            OnBadImage.SKIP,
            1e4,
            1);
    ScoringConfig scoring =
        new ScoringConfig("val", 0.2, ScoringConfig.Network.STUDENT, MapMethod.CAM, maps, 0.3);
    RunConfig config =
        new RunConfig(
            null,
            null,
            new NetworkConfig(null, null),
            Map.of(),
            null,
            null,
            null,
            training,
            null,
            scoring,
            Map.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            null);
    return new PlannedRun(
        new Cell(cell, Map.of()),
        seed,
        new ResolvedRun(
            ConfigTree.parse("{}", "test"),
            config,
            List.of(),
            PluginCatalog.of(List.of()),
            List.of(),
            Optional.empty()));
  }

  static RunResult result(double miou) {
    return result(miou, 0);
  }

  static RunResult result(double miou, int badPictures) {
    return new RunResult(
        "val",
        Map.of(
            "cam-miou",
            List.of(
                new Score("miou", "oracle", 0.25, miou, List.of()),
                new Score("precision", "oracle", 0.25, 0.5, List.of()),
                new Score("recall", "oracle", 0.25, 0.75, List.of())),
            "image-map",
            List.of(new Score("map", "none", Double.NaN, 0.9, List.of()))),
        new MaskThreshold(0.25, MaskThreshold.FIXED),
        LabelThresholds.even(2),
        64,
        0,
        badPictures,
        65,
        Optional.empty());
  }

  @Override
  public void check(PlannedRun run, InitialWeights weights) {
    checked.add(run.title() + " " + weights);
    if (run.title().equals(interruptedAt)) {
      Thread.currentThread().interrupt();
    }
    RuntimeException refusal = refusals.get(run.title());
    if (refusal != null) {
      throw refusal;
    }
  }

  @Override
  public RunIdentity identity(PlannedRun run) {
    TrainingConfig training = run.config().training();
    Part trained = new Part(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    trained.values().put("training.epochs", String.valueOf(training.epochs()));
    trained.values().put("training.seed", String.valueOf(training.seed()));
    Part scored = new Part(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    scored.values().put("scoring.maps", String.valueOf(run.config().scoring().maps()));
    return new RunIdentity(trained, scored, data);
  }

  @Override
  public Optional<RunIdentity> identity(Path folder) {
    String text = read(folder.resolve(IDENTITY));
    if (text.equals("damaged")) {
      throw new RunFolderException("identity cannot be read");
    }
    return Optional.ofNullable(GSON.fromJson(text, RunIdentity.class));
  }

  @Override
  public Optional<RunResult> finished(Path folder) {
    String text = read(folder.resolve(RESULT));
    return text.isEmpty() ? Optional.empty() : Optional.of(result(Double.parseDouble(text)));
  }

  @Override
  public RunResult run(PlannedRun run, Path folder, CellFollower follower) {
    trained.add(run.title());
    write(folder.resolve(IDENTITY), GSON.toJson(identity(run)));
    RuntimeException failure = failures.get(run.title());
    if (failure != null) {
      throw failure;
    }
    double miou = trained.size() / 16.0;
    write(folder.resolve(RESULT), String.valueOf(miou));
    return result(miou);
  }

  @Override
  public SegmentationDataset data(PlannedRun run) {
    return new OnePicture();
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
