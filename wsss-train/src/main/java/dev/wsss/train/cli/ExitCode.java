package dev.wsss.train.cli;

import dev.wsss.api.config.ConfigException;
import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.network.WeightsException;
import dev.wsss.api.onnx.OnnxException;
import dev.wsss.api.plugin.PluginException;
import dev.wsss.eval.device.DeviceException;
import dev.wsss.eval.onnx.ModelFileException;
import dev.wsss.eval.predict.PredictionFolderException;
import dev.wsss.eval.store.MapStoreException;
import dev.wsss.train.ablation.AblationException;
import dev.wsss.train.loop.TrainingException;
import dev.wsss.train.pipeline.PipelineException;
import dev.wsss.train.provenance.RunFolderException;
import java.io.UncheckedIOException;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CancellationException;

/** What scripts are told. */
enum ExitCode {
  /** Everything went well. */
  OK(0),
  /** An error that this program does not know: a bug, or a failing machine. */
  UNEXPECTED(1),
  /** The command line, a configuration, weights or the modules on the class path are wrong. */
  USAGE(2),
  /** The data set cannot be used. */
  DATA(3),
  /** Training failed: it diverged, a module failed, or a file could not be read or written. */
  FAILED(4);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static ExitCode of(Throwable failure) {
    if (failure instanceof AblationException && failure.getCause() != null) {
      return of(failure.getCause());
    }
    if (failure instanceof ConfigException
        || failure instanceof PluginException
        || failure instanceof DeviceException
        || failure instanceof WeightsException
        || failure instanceof OnnxException
        || failure instanceof ModelFileException
        || failure instanceof AblationException
        || failure instanceof RunFolderException
        || failure instanceof PipelineException
        || failure instanceof PredictionFolderException
        || failure instanceof UsageException
        || failure instanceof ServiceConfigurationError) {
      return USAGE;
    }
    if (failure instanceof DataException
        || failure instanceof BadImageException
        || failure instanceof MapStoreException) {
      return DATA;
    }
    return failure instanceof TrainingException
            || failure instanceof UncheckedIOException
            || failure instanceof CancellationException
        ? FAILED
        : UNEXPECTED;
  }
}
