package dev.wsss.train.run;

import dev.wsss.api.plugin.PluginCatalog;
import dev.wsss.train.config.RunConfig;
import java.nio.file.Path;

/** One configured run: wired, then trained and scored. */
public final class Run implements AutoCloseable {

  private Run() {}

  /**
   * Builds data set, networks and modules, so that whatever can be wrong is found before training.
   *
   * @throws dev.wsss.api.data.DataException if the data set cannot be used
   */
  public static Run wire(PluginCatalog catalog, RunConfig config) {
    throw new IllegalStateException("being written");
  }

  /**
   * Trains, scores, and leaves {@code checkpoints/}, {@code metrics.csv}, {@code samples/} and
   * {@code scores.json} in {@code folder}.
   *
   * @throws TrainingException if training cannot go on
   */
  public RunResult train(Path folder, Resume resume, RunListener listener) {
    throw new IllegalStateException("being written");
  }

  /** Scores the last checkpoint of a run's folder on a split; writes nothing. */
  public RunResult score(Path folder, String split, RunListener listener) {
    throw new IllegalStateException("being written");
  }

  /** Reads the result of a finished run, or null where it is not finished. */
  public static @org.jspecify.annotations.Nullable RunResult finished(Path folder) {
    throw new IllegalStateException("being written");
  }

  @Override
  public void close() {}
}
