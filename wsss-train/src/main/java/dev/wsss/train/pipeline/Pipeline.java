package dev.wsss.train.pipeline;

import dev.wsss.api.config.ConfigException;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.report.IoReason;
import dev.wsss.eval.report.WholeFile;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.loop.TrainingException;
import dev.wsss.train.provenance.FolderLock;
import dev.wsss.train.provenance.RunFolder;
import dev.wsss.train.provenance.RunIdentity;
import dev.wsss.train.run.LearningFailure;
import dev.wsss.train.run.Run;
import dev.wsss.train.wiring.InitialWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From photographs with image-level labels to masks: stages whose outputs are kept under a key of
 * all that they were made from (configuration, code, data, outputs of stages before).
 *
 * <p>What is finished is not made again; what was broken off, even by a kill, goes on and ends with
 * the same bytes. One process at a time has a folder.
 */
public final class Pipeline {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final ResolvedRun run;
  private final Path folder;
  private final SharedStages shared;
  private final StageFolders folders;
  private final PipelinePictures pictures;
  private final String fingerprint;
  private final List<Stage> stages;
  private final List<String> names;
  private final TrainingCheck learning;

  /**
   * Opens the data set and lists the stages; writes nothing.
   *
   * @throws dev.wsss.api.data.DataException if the data set cannot be used
   * @throws PipelineException if the folder holds something else
   */
  public Pipeline(ResolvedRun run, Path folder) {
    this(run, OwnFolder.require(folder), Run.dataOf(run.config()), SharedStages.ofOne(folder));
  }

  /**
   * One of several pipelines whose stages lie in one place; lists its stages and writes nothing.
   *
   * @param folder for its tables and its report
   * @param data the data set of the run, opened
   */
  public Pipeline(ResolvedRun run, Path folder, SegmentationDataset data, SharedStages shared) {
    this.run = run;
    this.folder = folder;
    this.shared = shared;
    this.folders = shared.folders();
    this.pictures = PipelinePictures.of(run.config(), data);
    run.config()
        .segmentation()
        .ifPresent(segmentation -> requireOneBatch(segmentation.training().batch()));
    this.fingerprint = shared.identities().data(data);
    this.stages = StageList.of(run, pictures, shared.identities());
    this.names = stages.stream().map(Stage::name).toList();
    this.learning = new TrainingCheck(run, pictures);
  }

  /** Told before the first stage runs: it would be a pity hours later. */
  private void requireOneBatch(int batch) {
    int training = pictures.training().size();
    if (training < batch) {
      throw new ConfigException(
          List.of(
              "segmentation.training.batch: is %d, and there are %d training pictures; allowed are"
                      .formatted(batch, training)
                  + " 1 to %d".formatted(training)));
    }
  }

  /** Names of the stages, in their order. */
  public List<String> stages() {
    return names;
  }

  /** The split that masks are compared on: that which is scored, else the training split. */
  public String split() {
    return pictures.split();
  }

  /**
   * What all its stages together depend on: two pipelines with equal identities make the same
   * masks. All of it is in the half for which something has to be made again.
   */
  public RunIdentity identity() {
    return new RunIdentity(
        StageInputs.settings(stages.stream().map(Stage::settings).toList(), names),
        RunIdentity.Part.none(),
        fingerprint);
  }

  /**
   * Makes the networks and refiners of all stages and throws whatever is wrong with them; writes
   * nothing.
   *
   * @param weights whether pretrained weights are read too
   */
  public void check(InitialWeights weights) {
    stages.forEach(stage -> stage.check(weights));
  }

  /**
   * Leaves {@code provenance.json} and the configuration in the folder, by which it is known again;
   * for one that no other configuration will run in.
   *
   * @param device that computes, cpu or cuda:N
   * @throws dev.wsss.train.provenance.RunFolderException if something else has run in it
   */
  public void describe(String device) throws IOException {
    new RunFolder(folder).describe(run, pictures.data(), device, shared.identities(), identity());
  }

  /**
   * What {@link #run} would do, and why; writes nothing. What a stage makes is not known before, so
   * all that reads a stage that runs is expected to run.
   *
   * @throws PipelineException if a stage is named that there is none of, or a finished one is gone
   *     or has changed
   */
  public List<PlannedStage> plan(PipelineRange range) {
    range.require(names);
    List<PlannedStage> plan = new ArrayList<>();
    TreeMap<String, String> digests = new TreeMap<>();
    try {
      for (int i = 0; i < stages.size() && range.includes(i, names); i++) {
        plan.add(planned(stages.get(i), range.isAnew(i, names), digests));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
    }
    return List.copyOf(plan);
  }

  private PlannedStage planned(Stage stage, boolean anew, Map<String, String> digests)
      throws IOException {
    Optional<StageRecord> latest = folders.latest(stage.name());
    if (anew) {
      return planned(
          stage, PlannedStage.Action.RUNS, List.of("it is asked for with --from"), latest);
    }
    List<String> before =
        stage.reads().stream().filter(name -> !digests.containsKey(name)).toList();
    if (!before.isEmpty()) {
      List<String> reasons =
          before.stream().map(name -> "stage " + name + " has work to do").toList();
      return planned(stage, PlannedStage.Action.RUNS, reasons, latest);
    }
    StageInputs inputs = inputs(stage, digests);
    Optional<StageRecord> record = folders.standing(stage, inputs.key());
    if (record.isPresent() && record.get().isFinished()) {
      digests.put(stage.name(), String.valueOf(record.get().digest()));
      return new PlannedStage(
          stage.name(),
          PlannedStage.Action.KEPT,
          List.of(),
          Optional.of(folders.of(stage.name(), inputs.key())),
          record.map(StageRecord::cost));
    }
    return record.isPresent()
        ? planned(stage, PlannedStage.Action.GOES_ON, List.of("it is not finished"), latest)
        : planned(stage, PlannedStage.Action.RUNS, reasons(inputs, latest), latest);
  }

  private static PlannedStage planned(
      Stage stage, PlannedStage.Action action, List<String> reasons, Optional<StageRecord> latest) {
    return new PlannedStage(
        stage.name(),
        action,
        reasons,
        Optional.empty(),
        latest.filter(StageRecord::isFinished).map(StageRecord::cost));
  }

  private static List<String> reasons(StageInputs inputs, Optional<StageRecord> latest) {
    return latest
        .map(record -> inputs.changesSince(record.inputs()))
        .filter(changes -> !changes.isEmpty())
        .orElse(List.of("it has not run here"));
  }

  private StageInputs inputs(Stage stage, Map<String, String> digests) {
    TreeMap<String, String> read = new TreeMap<>();
    stage.reads().forEach(name -> read.put(name, String.valueOf(digests.get(name))));
    return new StageInputs(stage.settings(), fingerprint, read);
  }

  /**
   * Like {@link #plan}, with what it would take. Stages that would run are tried on a few pictures,
   * beside the folder of this pipeline, which takes a minute or so.
   *
   * @param trying hears the name of each stage before it is tried
   */
  public PipelineEstimate estimate(PipelineRange range, Consumer<String> trying) {
    return estimate(range, Trial.Limits.USUAL, trying);
  }

  PipelineEstimate estimate(PipelineRange range, Trial.Limits limits, Consumer<String> trying) {
    List<PlannedStage> plan = plan(range);
    try {
      return new Trial(run, pictures, stages, limits).estimate(plan, trying);
    } catch (IOException e) {
      throw new UncheckedIOException("the trial cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Makes what is not finished, and, where masks are made, leaves the numbers of the stages in
   * {@code pipeline.csv}, {@code pipeline.md} and {@code report.html}, the places of the stages in
   * {@code stages.json}, and a link {@code masks} to the pseudo labels. Whatever is wrong with a
   * network or a refiner of a later stage is thrown before the first one runs and anything is
   * written.
   *
   * @throws PipelineException if a finished stage is gone or has changed
   * @throws dev.wsss.train.provenance.RunFolderException if another process has the folder
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public PipelineResult run(PipelineRange range, PipelineListener listener) {
    range.require(names);
    try (FolderLock lock = FolderLock.take(folder)) {
      List<Stage> unchecked = new ArrayList<>();
      for (int i = 0; i < stages.size() && range.includes(i, names); i++) {
        unchecked.add(stages.get(i));
      }
      TreeMap<String, String> digests = new TreeMap<>();
      Made made = new Made();
      List<PipelineResult.Row> rows = new ArrayList<>();
      for (int i = 0; i < stages.size(); i++) {
        Stage stage = stages.get(i);
        StageInputs inputs = inputs(stage, digests);
        Path own = folders.of(stage.name(), inputs.key());
        StageRecord record;
        if (range.includes(i, names)) {
          if (range.isAnew(i, names)) {
            folders.putAside(stage.name(), inputs.key());
          }
          record = made(i, inputs, own, made, unchecked, listener);
        } else if (folders.isFinished(stage, inputs.key())) {
          record = StageRecord.read(own).orElseThrow(); // stays in the tables
          made.add(stage.name(), own);
        } else {
          break;
        }
        digests.put(stage.name(), String.valueOf(record.digest()));
        rows.add(PipelineResult.Row.read(stage.name(), own, record.cost()));
      }
      writeConfiguration();
      PipelineResult result = new PipelineResult(rows, learning(made));
      if (result.masks().isPresent()) { // else what an earlier run has said stays
        result.write(folder, pictures.data().classes());
        StageIndex.write(folder, result);
        MaskLink.write(folder, result.pseudoLabels());
        writeReport(result);
      }
      return result;
    } catch (IOException e) {
      throw new TrainingException("cannot write to " + folder + ": " + IoReason.of(e), e);
    }
  }

  /**
   * Checks the first stage that runs and those after it, once: the last of them would tell what is
   * wrong with it hours later. A stage that goes on needs no pretrained weights. Before that,
   * nothing is written.
   */
  private void checkOnce(List<Stage> unchecked, Stage first, boolean goesOn) throws IOException {
    if (!unchecked.isEmpty()) {
      for (Stage stage : unchecked) {
        stage.check(stage == first && goesOn ? InitialWeights.RANDOM : InitialWeights.PRETRAINED);
      }
      unchecked.clear();
      writeConfiguration();
    }
  }

  private void writeConfiguration() throws IOException {
    WholeFile.write(
        folder.resolve("config.resolved.yaml"), to -> Files.writeString(to, run.describe()));
  }

  /** What this pipeline makes masks of. */
  PipelinePictures pictures() {
    return pictures;
  }

  /**
   * Writes what was tried to {@code tuning.csv} and {@code tuning.html}, and the configuration that
   * was chosen.
   *
   * @param configuration a file
   * @param base what it stands on, a file or the name of a built-in configuration
   */
  public void write(TuningResult result, Path configuration, String base) throws IOException {
    result.write(folder, configuration, base);
  }

  /** The masks are worth what they are, whether this can be said or not. */
  private Optional<LearningFailure> learning(Made made) {
    try {
      return learning.check(made);
    } catch (IOException | RuntimeException e) {
      LOG.warn("whether something was learned cannot be said: {}", e.getMessage(), e);
      return Optional.empty();
    }
  }

  /** The masks are finished, with or without it. */
  private void writeReport(PipelineResult result) {
    try {
      Files.deleteIfExists(folder.resolve("report.html")); // one of an earlier run would mislead
      new PipelineReport(folder, pictures, result).write();
    } catch (IOException | RuntimeException e) {
      LOG.warn("report.html could not be written: {}", String.valueOf(e.getMessage()), e);
    }
  }

  private StageRecord made(
      int index,
      StageInputs inputs,
      Path own,
      Made made,
      List<Stage> unchecked,
      PipelineListener listener)
      throws IOException {
    Stage stage = stages.get(index);
    Optional<StageRecord> before = folders.standing(stage, inputs.key());
    if (before.isPresent() && before.get().isFinished()) {
      folders.noteFinished(stage.name(), inputs.key());
      unchecked.remove(stage);
      made.add(stage.name(), own);
      listener.kept(index + 1, stages.size(), stage.name(), own);
      return before.get();
    }
    shared.requireNoFailure(own);
    checkOnce(unchecked, stage, before.isPresent());
    String reason =
        before.isPresent()
            ? "it is not finished"
            : String.join("; ", reasons(inputs, folders.latest(stage.name())));
    StageListener follower = listener.started(index + 1, stages.size(), stage.name(), own, reason);
    StageRecord finished =
        new StageSession(stage, inputs, own, shared).finish(before, made, follower);
    made.add(stage.name(), own);
    listener.finished(index + 1, stages.size(), stage.name(), finished.cost());
    if (stage instanceof TrainStage) { // the stages to come would be for nothing
      learning(made).ifPresent(why -> LOG.warn("stage {}: {}", stage.name(), why));
    }
    return finished;
  }
}
