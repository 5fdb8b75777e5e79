package dev.wsss.train.run;

import dev.wsss.api.config.ConfigException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.inference.CamModel;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.metric.Prediction;
import dev.wsss.eval.device.ChosenDevice;
import dev.wsss.eval.device.DeviceChoice;
import dev.wsss.eval.metric.MaskScores;
import dev.wsss.eval.onnx.ModelFileException;
import dev.wsss.eval.onnx.OnnxSession;
import dev.wsss.eval.predict.Predictor;
import dev.wsss.eval.refine.Refinement;
import dev.wsss.eval.report.IoReason;
import dev.wsss.train.checkpoint.Checkpoints;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.TrainingPictures;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.loop.TrainingException;
import dev.wsss.train.plugin.PluginCatalog;
import dev.wsss.train.provenance.CellFolder;
import dev.wsss.train.provenance.FolderLock;
import dev.wsss.train.provenance.RunFolder;
import dev.wsss.train.provenance.RunFolderException;
import dev.wsss.train.wiring.InitialWeights;
import dev.wsss.train.wiring.WiredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run and its folder: what programs and the command line use.
 *
 * <p>{@link #open} is for training, {@link #trained} for scoring and labelling with what was
 * trained before. Holds native memory until it is closed; used by one thread, and only one run at a
 * time may train in a process.
 */
public final class Run implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  private final ResolvedRun run;
  private final Path folder;
  private final WiredRun wired;
  private final RunModel model;

  private Run(ResolvedRun run, Path folder, WiredRun wired) {
    this.run = run;
    this.folder = folder;
    this.wired = wired;
    this.model = new RunModel(run.config(), folder, wired);
  }

  /**
   * Builds data set, networks and modules, so that whatever can be wrong is found before training.
   * Where a checkpoint in the folder is gone on from, its networks are read and pretrained weights
   * are not. Writes nothing.
   *
   * @throws ConfigException if the configuration has a first training, which is a pipeline's
   * @throws RunFolderException if the folder cannot take this run
   * @throws dev.wsss.api.data.DataException if the data set cannot be used
   * @throws TrainingException if the checkpoint cannot be used
   */
  public static Run open(ResolvedRun run, Path folder, Resume resume) {
    requireOneTraining(run);
    FolderCheck.require(run, folder, resume);
    Checkpoints checkpoints = new Checkpoints(folder);
    WiredRun wired =
        checkpoints.exist()
            ? Preparation.fromCheckpoint(run.config(), checkpoints)
            : Preparation.pretrained(run.config());
    Preparation.ready(run.config(), wired);
    FewPictures.warn(TrainingPictures.of(run.config(), wired.data()));
    return new Run(run, folder, wired);
  }

  /**
   * Opens a folder for scoring and labelling with its last checkpoint, whatever program or command
   * has trained it.
   *
   * @param overrides of the run's configuration, such as {@code cams.flip=false}
   * @throws RunFolderException if the folder holds no run
   * @throws dev.wsss.api.data.DataException if the data set cannot be used
   * @throws TrainingException if there is no checkpoint, or it cannot be used
   */
  public static Run trained(Path folder, String... overrides) {
    ClassLoader classes = Run.class.getClassLoader();
    ConfigLoader loader = new ConfigLoader(PluginCatalog.discover(classes), classes);
    return trained(folder, loader, List.of(overrides));
  }

  /** Like {@link #trained(Path, String...)}, with the modules that the loader knows. */
  public static Run trained(Path folder, ConfigLoader loader, List<String> overrides) {
    ResolvedRun run = ResolvedRun.bind(loader, described(folder, loader, overrides));
    return new Run(run, folder, Preparation.fromCheckpoint(run.config(), new Checkpoints(folder)));
  }

  /**
   * Like {@link #trained(Path, ConfigLoader, List)}, to {@linkplain #score(OnnxSession, String,
   * OptionalDouble, RunListener) score an exported model}: the run's own network stays on the CPU,
   * so that {@link #deviceChoice} is the model's alone.
   */
  public static Run besideModel(Path folder, ConfigLoader loader, List<String> overrides) {
    ConfigTree tree = described(folder, loader, overrides);
    RunConfig onCpu = ResolvedRun.bind(loader, tree.override("engine.device=cpu")).config();
    return new Run(
        ResolvedRun.bind(loader, tree),
        folder,
        Preparation.fromCheckpoint(onCpu, new Checkpoints(folder)));
  }

  private static ConfigTree described(Path folder, ConfigLoader loader, List<String> overrides) {
    Path file = new RunFolder(folder).configuration();
    if (!Files.isRegularFile(file)) {
      throw new RunFolderException(
          "%s is no run's folder: it has no %s%s"
              .formatted(folder, file.getFileName(), CellFolder.suggestion(folder)));
    }
    // The networks that the run once started from are not needed for those it ended with.
    return loader.load(file, overrides).override("training.start=null");
  }

  /**
   * Builds a run and throws whatever is wrong with it.
   *
   * @param weights whether pretrained weights are read too
   */
  public static void check(ResolvedRun run, InitialWeights weights) {
    requireOneTraining(run);
    RunConfig config = run.config();
    WiredRun wired =
        weights == InitialWeights.PRETRAINED
            ? Preparation.pretrained(config)
            : WiredRun.of(config, weights);
    Preparation.ready(config, wired).root().close();
  }

  private static void requireOneTraining(ResolvedRun run) {
    if (run.first().isPresent()) {
      throw new ConfigException(
          List.of(
              "first: a run trains once; wsss run has a first training, and so do ablations whose"
                  + " cells have the block pseudo-labels, which may be empty (pseudo-labels: {})"));
    }
  }

  /**
   * The data set that a run would learn from, without its networks.
   *
   * @throws dev.wsss.api.data.DataException if it cannot be used
   */
  public static SegmentationDataset dataOf(RunConfig config) {
    return WiredRun.dataOf(config);
  }

  /**
   * Reads the result of a finished run; empty where it is not finished.
   *
   * @throws RunFolderException if the result is damaged
   */
  public static Optional<RunResult> finished(Path folder) {
    try {
      return ResultFile.of(folder).read();
    } catch (IOException e) {
      throw new RunFolderException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The data set, as configured. */
  public SegmentationDataset data() {
    return wired.data();
  }

  /** Where this run computes, and why there. */
  public ChosenDevice device() {
    return wired.device();
  }

  /** Where it was asked to compute. */
  public DeviceChoice deviceChoice() {
    return run.config().engine().deviceChoice();
  }

  /**
   * The split that {@link #train} scores: {@code scoring.split}, or the training split where the
   * data set has no other.
   */
  public String split() {
    return Scoring.usualSplit(run.config(), wired.data());
  }

  /**
   * Trains, scores, and leaves in the folder {@code config.resolved.yaml}, {@code provenance.json},
   * {@code checkpoints/}, {@code metrics.csv}, {@code cams/}, {@code masks/}, {@code curves.csv},
   * {@code pictures.csv}, {@code scores.json} and {@code report.html}. Where there is no split to
   * score, all training pictures get masks.
   *
   * @throws RunFolderException if the folder is of another run, or in use
   * @throws dev.wsss.api.data.DataException if it was started on other data, or no picture can be
   *     scored
   * @throws TrainingException if training cannot go on
   */
  public RunResult train(RunListener listener) {
    return inFolder(
        () -> new ScoredTraining(run, folder, wired, model).run(split(), new LoggedRun(listener)));
  }

  /**
   * Scores a split with the networks as they stand; writes nothing.
   *
   * @param threshold at which pictures would be labelled, where it is not to be chosen
   */
  public RunResult score(String split, OptionalDouble threshold, RunListener listener) {
    LOG.info(device().line());
    return model.scoring().score(split, SplitMaps.none(), threshold, listener).result(split);
  }

  /**
   * Scores a split with an exported model in place of this run's network, and with all else as this
   * run says; writes nothing.
   *
   * @param exported not closed by this
   * @param threshold at which pictures would be labelled, where it is not to be chosen
   * @throws ModelFileException if it is of other classes
   */
  public RunResult score(
      OnnxSession exported, String split, OptionalDouble threshold, RunListener listener) {
    Scoring scoring = model.scoring(exported);
    return scoring.score(split, SplitMaps.none(), threshold, listener).result(split);
  }

  /**
   * Scores a split with the networks as they stand, and writes {@code cams/} and {@code masks/} of
   * all its pictures to a new folder, which is there whole or not at all.
   *
   * @param threshold from which a pixel gets its class, where it is not to be chosen
   */
  public RunResult label(String split, Path out, OptionalDouble threshold, RunListener listener) {
    LOG.info(device().line());
    try {
      return new Labelling(model.scoring(), data())
          .labelAll(split, out, threshold, listener)
          .result(split);
    } catch (IOException e) {
      throw cannotWrite(out, e);
    }
  }

  /**
   * Like {@link #label}, with masks of refined maps: the largest score of a class or of background,
   * which is the threshold before any refiner. The network looks at each picture a second time. The
   * scores are those of the maps; {@link #compare} has those of the masks.
   */
  public RunResult label(
      String split,
      Path out,
      OptionalDouble threshold,
      Refinement refinement,
      RunListener listener) {
    LOG.info(device().line());
    try {
      return new Labelling(model.scoring(), data())
          .labelAll(split, out, threshold, model.refined(refinement), listener)
          .result(split);
    } catch (IOException e) {
      throw cannotWrite(out, e);
    }
  }

  /**
   * Compares masks of a split with exact ones, on the pictures that scores are reported of; empty
   * where there is nothing to compare.
   *
   * @param masks folder of the masks; pictures without one are left out
   * @throws dev.wsss.api.data.DataException if a mask is damaged
   */
  public Optional<MaskScores> compare(String split, Path masks) {
    List<Example> pictures =
        model.scoring().reported(split).stream()
            .filter(example -> Files.exists(masks.resolve(data().maskName(example))))
            .toList();
    return pictures.isEmpty()
        ? Optional.empty()
        : Optional.of(MaskScores.of(data(), pictures, masks));
  }

  /**
   * Trains without scoring, for whoever looks at the network itself, and leaves in the folder
   * {@code config.resolved.yaml}, {@code provenance.json}, {@code checkpoints/} and {@code
   * metrics.csv}.
   *
   * @throws RunFolderException if the folder is of another run, or in use
   * @throws dev.wsss.api.data.DataException if it was started on other data
   * @throws TrainingException if training cannot go on
   */
  public void learn(RunListener listener) {
    inFolder(() -> new Training(run.config(), wired).run(view(), new LoggedRun(listener)));
  }

  /**
   * Makes so many steps of the last epoch, in which every loss is at work, to see what they take.
   * The folder has one checkpoint then, and is good for nothing else.
   *
   * @param listener hears of the steps, over pictures that repeat where there are too few
   */
  public void tryOut(int steps, RunListener listener) {
    inFolder(() -> new Training(run.config(), wired).tryOut(view(), steps, listener));
  }

  private WiredView view() {
    return new WiredView(wired, folder, List.of(), model::predict);
  }

  private <T> T inFolder(InFolder<T> work) {
    try (FolderLock lock = FolderLock.take(folder)) {
      FolderCheck.requireSame(run, folder);
      new RunFolder(folder).describe(run, data(), device().name());
      LOG.info("started {}", String.join(" ", run.command()));
      LOG.info(device().line());
      T told = work.run();
      LOG.info("finished: {}", told);
      return told;
    } catch (IOException e) {
      TrainingException failure = cannotWrite(folder, e);
      LOG.info("stopped", failure);
      throw failure;
    } catch (RuntimeException e) {
      LOG.info("stopped", e);
      throw e;
    }
  }

  private interface InFolder<T> {
    T run() throws IOException;
  }

  private static TrainingException cannotWrite(Path where, IOException e) {
    return new TrainingException("cannot write to " + where + ": " + IoReason.of(e), e);
  }

  /**
   * Class activation maps and class probabilities of one picture, by the network as it stands.
   *
   * @param image of any size
   * @param example its name and labels; only labelled classes get maps
   */
  public Prediction predict(RgbImage image, Example example) {
    return model.predict(image, example);
  }

  /**
   * Labels any photograph with the network as it stands, at the thresholds that were chosen when it
   * was scored; without graph, data set or configuration. Close it before this run.
   *
   * @throws RunFolderException if the run is not finished: then nothing was scored
   */
  public Predictor predictor() {
    return model.predictor();
  }

  /**
   * The network as it stands, for inference by several threads, which wait for each other. Good
   * while the run is open.
   */
  public CamModel model() {
    return model.network();
  }

  /**
   * The network as it stands now, for inference of many pictures by several threads at once. On a
   * CPU this is the faster one: ONNX Runtime has it where the network can be exported, and differs
   * from {@link #model} by rounding.
   *
   * @return to be closed before this run
   */
  public CamModel frozenModel() {
    return model.frozen();
  }

  /** A text that no run with other networks has. */
  public String checkpointId() throws IOException {
    return new Checkpoints(folder).id();
  }

  /**
   * Writes the network as an ONNX file that needs neither this program nor its data set; whole or
   * not at all, in place of an older one.
   *
   * @param weightsLicence licence of the pretrained weights, or {@code unknown}
   * @throws RunFolderException if the run is not finished
   * @throws dev.wsss.api.onnx.OnnxException if a block of the network writes no nodes
   */
  public void export(Path file, ExportForm form, String weightsLicence) {
    try {
      model.export(file, form, weightsLicence);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  @Override
  public void close() {
    wired.root().close();
  }
}
