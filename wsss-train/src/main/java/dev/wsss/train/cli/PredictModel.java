package dev.wsss.train.cli;

import dev.wsss.eval.digest.Sha256;
import dev.wsss.eval.predict.Predictor;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.run.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The model of {@code wsss predict}: a run's folder or an exported file.
 *
 * @param id checksum of what was trained
 * @param run that the predictor borrows from, where it is a run's
 */
record PredictModel(Predictor predictor, String id, Optional<Run> run) implements AutoCloseable {

  static PredictModel open(Path model, Supplier<ConfigLoader> configurations) {
    try {
      if (!Files.isDirectory(model)) {
        Predictor predictor = Predictor.open(model);
        return new PredictModel(predictor, Sha256.of(model), Optional.empty());
      }
      Run run = Run.trained(model, configurations.get(), List.of());
      try {
        Predictor predictor = run.predictor();
        return new PredictModel(predictor, run.checkpointId(), Optional.of(run));
      } catch (RuntimeException e) {
        run.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(model + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  @Override
  public void close() {
    predictor.close();
    run.ifPresent(Run::close);
  }
}
