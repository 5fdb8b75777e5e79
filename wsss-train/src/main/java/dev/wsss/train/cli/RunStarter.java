package dev.wsss.train.cli;

import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.RunListener;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.config.binding.ResolvedConfig;
import dev.wsss.train.provenance.RunFolder;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import dev.wsss.train.run.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts runs in folders that explain themselves. */
final class RunStarter {
  private static final Logger LOG = LoggerFactory.getLogger(RunStarter.class);

  private final Program program;

  RunStarter(Program program) {
    this.program = program;
  }

  /** Says how a folder's configuration differs; empty where it does not, or there is none. */
  Optional<String> difference(ConfigTree tree, RunConfig config, Path folder) {
    try {
      return new RunFolder(folder).difference(ResolvedConfig.describe(tree, config));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Whether the data set has changed since a folder's run learned from it. */
  boolean hasOtherData(RunConfig config, Supplier<SegmentationDataset> data, Path folder) {
    try {
      return new RunFolder(folder).hasOtherData(config, data);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Wires, writes what explains the run, trains and scores. */
  RunResult run(
      ConfigTree tree, RunConfig config, Path folder, Resume resume, RunListener listener) {
    try (Run run = Run.wire(config)) {
      Files.createDirectories(folder);
      try (Logs.OpenLog log = program.logs().open(folder)) {
        new RunFolder(folder)
            .describe(
                ResolvedConfig.describe(tree, config),
                config,
                run.data(),
                program.catalog(),
                program.arguments());
        LOG.info("wsss {}", String.join(" ", program.arguments()));
        return train(run, folder, resume, listener);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Trains, with epochs and the failure in the log while it is open. */
  private static RunResult train(Run run, Path folder, Resume resume, RunListener listener) {
    try {
      RunResult result = run.train(folder, resume, new LoggedRun(listener));
      LOG.info("finished: {}", result);
      return result;
    } catch (RuntimeException e) {
      LOG.info("stopped", e);
      throw e;
    }
  }
}
