package dev.wsss.train.run;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.inference.CamModel;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.eval.cam.CamInference;
import dev.wsss.eval.cam.GradientModel;
import dev.wsss.eval.cam.LabelledPicture;
import dev.wsss.eval.cam.MapMethod;
import dev.wsss.eval.cam.PixelCorrelationModel;
import dev.wsss.eval.cam.TrainedModel;
import dev.wsss.eval.onnx.ModelFileException;
import dev.wsss.eval.onnx.ModelKind;
import dev.wsss.eval.onnx.OnnxSession;
import dev.wsss.eval.predict.ModelInfo;
import dev.wsss.eval.predict.ModelMetadata;
import dev.wsss.eval.predict.Predictor;
import dev.wsss.eval.refine.Refinement;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.ScoringConfig;
import dev.wsss.train.inference.FrozenNetwork;
import dev.wsss.train.plugin.Kebab;
import dev.wsss.train.provenance.RunFolder;
import dev.wsss.train.provenance.RunFolderException;
import dev.wsss.train.wiring.WiredRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The network of a run that is scored, as it stands, and what labels pictures with it. */
final class RunModel {
  private final RunConfig config;
  private final Path folder;
  private final WiredRun wired;

  RunModel(RunConfig config, Path folder, WiredRun wired) {
    this.config = config;
    this.folder = folder;
    this.wired = wired;
  }

  /** Scores with this network, as it stands when that begins. */
  Scoring scoring() {
    return new Scoring(config, wired.data(), this::frozen, wired.metrics());
  }

  /**
   * Scores with an exported model in its place.
   *
   * @throws ModelFileException if it is of other classes
   */
  Scoring scoring(OnnxSession exported) {
    if (exported.kind() != ModelKind.CAM) {
      throw new ModelFileException(
          exported.texts().file()
              + " holds a segmentation network, and eval scores class activation maps; wsss predict"
              + " writes its masks, and wsss score scores them");
    }
    ClassNames classes = ModelMetadata.read(exported.texts()).classes();
    ClassNames own = wired.data().classes();
    if (!classes.equals(own)) {
      throw new ModelFileException(
          "%s knows the classes %s; the run's are %s"
              .formatted(exported.texts().file(), classes.foreground(), own.foreground()));
    }
    return new Scoring(config, wired.data(), () -> new SharedModel(exported), wired.metrics());
  }

  /** Makes masks of this network's maps, refined. */
  RefinedMasks refined(Refinement refinement) {
    return new RefinedMasks(config, wired.data(), this::frozen, refinement);
  }

  /** Maps and probabilities of one picture; only labelled classes get maps. */
  Prediction predict(RgbImage image, Example example) {
    LabelledPicture picture = new LabelledPicture(example, image, Optional.empty());
    return new CamInference(network(), config.cams()).predict(picture);
  }

  /**
   * Labels any photograph at the thresholds that were chosen when the run was scored.
   *
   * @throws RunFolderException if the run is not finished
   */
  Predictor predictor() {
    return new Predictor(frozen(), info());
  }

  /**
   * Writes an ONNX file, whole or not at all.
   *
   * @throws RunFolderException if the run is not finished
   * @throws dev.wsss.api.onnx.OnnxException if a block of the network writes no nodes
   */
  void export(Path file, ExportForm form, String weightsLicence) throws IOException {
    MapMethod method = config.scoring().mapMethod();
    if (method.takesGradients()) {
      throw new RunFolderException(
          folder
              + " has scoring.map-method %s, and thresholds of such maps, which an exported model"
                  .formatted(Kebab.of(method.name()))
              + " cannot make; train it with scoring.map-method cam or pixel-correlation");
    }
    Map<String, String> origin = new TreeMap<>(new RunFolder(folder).origin());
    origin.put("wsss.backbone", config.network().backbone().type());
    origin.put("wsss.weights_licence", weightsLicence);
    new ModelExport(trained(), method, info(), origin).write(file, form);
  }

  private ModelInfo info() {
    RunResult result =
        Run.finished(folder)
            .filter(r -> r.pictureSide() > 0)
            .orElseThrow(
                () ->
                    new RunFolderException(
                        folder
                            + " holds no finished run, so that no thresholds were chosen; train it to its end first"));
    return new ModelInfo(
        wired.data().classes(),
        config.cams(),
        result.masks().value(),
        result.masks().mode(),
        result.labels(),
        Math.min(result.pictureSide(), config.cams().pictureSide()));
  }

  /** What is scored, behind the boundary of inference. */
  CamModel network() {
    MapMethod method = config.scoring().mapMethod();
    return method.takesGradients()
        ? new GradientModel(trained(), wired.root(), method)
        : withMethod(inEngine());
  }

  /**
   * The network as it stands now, for many pictures; maps of gradients are the tensor library's.
   *
   * @return to be closed
   */
  CamModel frozen() {
    MapMethod method = config.scoring().mapMethod();
    if (method.takesGradients()) {
      return network();
    }
    int classes = wired.data().classes().count();
    return withMethod(
        new FrozenNetwork(config.engine(), wired.device(), classes, folder)
            .of(trained(), inEngine(), method == MapMethod.PIXEL_CORRELATION));
  }

  private CamModel inEngine() {
    return new TrainedModel(trained(), wired.root());
  }

  private CamModel withMethod(CamModel model) {
    return config.scoring().mapMethod() == MapMethod.PIXEL_CORRELATION
        ? new PixelCorrelationModel(model)
        : model;
  }

  private CamNetwork trained() {
    return config.scoring().network() == ScoringConfig.Network.STUDENT
        ? wired.student()
        : wired.teacher();
  }
}
