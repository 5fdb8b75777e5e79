package dev.wsss.train.segmentation;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxModel;
import dev.wsss.eval.device.ChosenDevice;
import dev.wsss.eval.export.SegmentationForm;
import dev.wsss.eval.onnx.ModelKind;
import dev.wsss.eval.onnx.OnnxSession;
import dev.wsss.eval.predict.ModelInfo;
import dev.wsss.eval.predict.ModelMetadata;
import dev.wsss.eval.predict.Predictor;
import dev.wsss.eval.report.WholeFile;
import dev.wsss.eval.segmentation.NetworkModel;
import dev.wsss.train.checkpoint.LearnerCheckpoints;
import dev.wsss.train.config.SegmentationPassesConfig;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.inference.FrozenNetwork;
import dev.wsss.train.plugin.PluginCatalog;
import dev.wsss.train.provenance.ProgramVersion;
import dev.wsss.train.wiring.InitialWeights;
import dev.wsss.train.wiring.WiredSegmentation;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A segmentation network that {@link SegmentationTraining} has trained in a folder, with the values
 * of its last checkpoint. Holds native memory until it is closed; used by one thread, but for its
 * predictors.
 */
public final class TrainedSegmentation implements AutoCloseable {
  private final Path folder;
  private final SegmentationFile file;
  private final LearnerCheckpoints checkpoints;
  private final WiredSegmentation wired;

  private TrainedSegmentation(
      Path folder, SegmentationFile file, LearnerCheckpoints checkpoints, WiredSegmentation wired) {
    this.folder = folder;
    this.file = file;
    this.checkpoints = checkpoints;
    this.wired = wired;
  }

  /**
   * Opens a folder with the modules on the class path.
   *
   * @param overrides such as {@code segmentation.prediction.flip=false}
   */
  public static TrainedSegmentation open(Path folder, String... overrides) {
    ClassLoader classes = TrainedSegmentation.class.getClassLoader();
    ConfigLoader loader = new ConfigLoader(PluginCatalog.discover(classes), classes);
    return open(folder, loader, List.of(overrides));
  }

  /**
   * Opens a folder. Pretrained weights that training started from are not read.
   *
   * @throws dev.wsss.api.config.ConfigException if {@code segmentation.yaml} is missing or damaged
   * @throws dev.wsss.train.loop.TrainingException if there is no checkpoint, or it does not fit
   */
  public static TrainedSegmentation open(Path folder, ConfigLoader loader, List<String> overrides) {
    SegmentationFile file = SegmentationFile.read(folder, loader, overrides);
    LearnerCheckpoints checkpoints = new LearnerCheckpoints(folder);
    WiredSegmentation wired =
        WiredSegmentation.of(
            file.segmentation(), file.classNames(), file.engine(), InitialWeights.RANDOM);
    try {
      checkpoints.loadNetwork(wired.root(), wired.network().parameters().byName());
      return new TrainedSegmentation(folder, file, checkpoints, wired);
    } catch (RuntimeException e) {
      wired.close();
      throw e;
    }
  }

  /** Foreground classes in the order of the network's scores. */
  public ClassNames classes() {
    return file.classNames();
  }

  /** Where it computes, and why there. */
  public ChosenDevice device() {
    return wired.device();
  }

  /** A text that no other trained network has. */
  public String checkpointId() throws IOException {
    return checkpoints.id();
  }

  /** Labels any photograph, with or without its classes. Close it before this. */
  public Predictor predictor() {
    return predictor(file.segmentation().prediction());
  }

  /** The same with other passes over a picture than those that it was trained with. */
  public Predictor predictor(SegmentationPassesConfig prediction) {
    NetworkModel inEngine = new NetworkModel(wired.network(), wired.root());
    FrozenNetwork frozen =
        new FrozenNetwork(file.engine(), wired.device(), classes().count(), folder);
    return new Predictor(frozen.of(wired.network(), inEngine), info(prediction));
  }

  private ModelInfo info(SegmentationPassesConfig prediction) {
    return ModelInfo.ofSegmentation(classes(), prediction.passes(), prediction.pictureSide());
  }

  /**
   * Writes an ONNX file, whole or not at all, that {@link Predictor#open(Path)} reads.
   *
   * @param weightsLicence of the pretrained weights that training started from
   * @throws dev.wsss.api.onnx.OnnxException if a block of the network writes no nodes
   */
  public void export(Path target, String weightsLicence) throws IOException {
    OnnxGraph graph = SegmentationForm.of(wired.network(), classes().count());
    Map<String, String> texts =
        new TreeMap<>(ModelMetadata.write(info(file.segmentation().prediction())));
    texts.put(ModelKind.KEY, ModelKind.SEGMENTATION.text());
    texts.put("wsss.form", "scores");
    texts.put(OnnxSession.SHORTEST_SIDE, Integer.toString(wired.network().shortestSide()));
    texts.put("wsss.backbone", file.segmentation().network().backbone().type());
    texts.put("wsss.head", file.segmentation().network().head().type());
    texts.put("wsss.checkpoint", checkpointId());
    texts.put("wsss.weights_licence", weightsLicence);
    OnnxModel model = new OnnxModel(graph, ProgramVersion.text(), texts);
    WholeFile.write(
        target,
        to -> {
          try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to))) {
            model.writeTo(out);
          }
        });
  }

  @Override
  public void close() {
    wired.close();
  }
}
