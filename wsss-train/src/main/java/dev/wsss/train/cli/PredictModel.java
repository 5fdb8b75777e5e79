package dev.wsss.train.cli;

import dev.wsss.api.onnx.OnnxSeal;
import dev.wsss.eval.device.ChosenDevice;
import dev.wsss.eval.device.DeviceChoice;
import dev.wsss.eval.onnx.OnnxSession;
import dev.wsss.eval.predict.Predictor;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.pipeline.PipelineModel;
import dev.wsss.train.run.Run;
import dev.wsss.train.segmentation.SegmentationFile;
import dev.wsss.train.segmentation.TrainedSegmentation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The model of {@code wsss predict}: the folder of a run, of a pipeline or of a segmentation
 * network, or an exported file.
 *
 * @param id checksum of what was trained
 * @param device where the predictor computes
 * @param lender closes what the predictor borrows from
 */
record PredictModel(Predictor predictor, String id, ChosenDevice device, Runnable lender)
    implements AutoCloseable {

  /**
   * Opens it.
   *
   * @param choice where it is to compute; empty: as the run's configuration says, and for a file
   *     {@code auto}
   * @throws dev.wsss.eval.device.DeviceException if the device that was asked for is not there
   */
  static PredictModel open(
      Path fileOrFolder, Optional<DeviceChoice> choice, Supplier<ConfigLoader> configurations) {
    Path model = PipelineModel.in(fileOrFolder);
    try {
      if (!Files.isDirectory(model)) {
        OnnxSession session = OnnxSession.open(model, choice.orElse(DeviceChoice.AUTO));
        Predictor predictor = Predictor.of(session);
        // Opening has read the file and compared its checksum.
        String id = session.texts().text(OnnxSeal.KEY);
        return new PredictModel(predictor, id, session.device(), () -> {});
      }
      List<String> overrides = choice.map(device -> "engine.device=" + device).stream().toList();
      if (SegmentationFile.isIn(model)) {
        return segmentation(TrainedSegmentation.open(model, configurations.get(), overrides));
      }
      Run run = Run.trained(model, configurations.get(), overrides);
      try {
        Predictor predictor = run.predictor();
        return new PredictModel(predictor, run.checkpointId(), run.device(), run::close);
      } catch (RuntimeException e) {
        run.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(model + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private static PredictModel segmentation(TrainedSegmentation trained) throws IOException {
    try {
      return new PredictModel(
          trained.predictor(), trained.checkpointId(), trained.device(), trained::close);
    } catch (IOException | RuntimeException e) {
      trained.close();
      throw e;
    }
  }

  @Override
  public void close() {
    predictor.close();
    lender.run();
  }
}
