package dev.wsss.train.pipeline;

import dev.wsss.eval.store.MapStoreException;
import dev.wsss.train.loop.TrainingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work on a stage that is not finished, from where it stopped to its end or the next stop.
 *
 * @param own its folder
 * @param shared where it is noted that it is finished, or has failed
 */
record StageSession(Stage stage, StageInputs inputs, Path own, SharedStages shared) {
  private static final Logger LOG = LoggerFactory.getLogger(StageSession.class);

  /**
   * Makes what is missing and notes that the stage is finished.
   *
   * @param before what an earlier session has left
   * @throws PipelineException if what it reads is damaged
   * @throws TrainingException if training cannot go on, or a file cannot be written or read
   */
  StageRecord finish(Optional<StageRecord> before, Made made, StageListener listener) {
    try {
      return made(before, made, listener);
    } catch (RuntimeException e) {
      if (!Thread.currentThread().isInterrupted() && !(e instanceof CancellationException)) {
        shared.noteFailure(own, e);
      }
      throw e;
    }
  }

  private StageRecord made(Optional<StageRecord> before, Made made, StageListener listener) {
    double earlier = before.map(StageRecord::seconds).orElse(0.0);
    long start = System.nanoTime();
    try {
      Files.createDirectories(own);
      if (before.isEmpty()) {
        unfinished(0).write(own);
      }
      try {
        stage.make(own, made, listener);
      } finally {
        noteWorked(earlier + seconds(start));
      }
      StageRecord finished =
          new StageRecord(
              inputs,
              stage.digest(own),
              earlier + seconds(start),
              stage.pictures(),
              StageFolders.bytes(own));
      finished.write(own);
      shared.folders().noteFinished(stage.name(), inputs.key());
      return finished;
    } catch (MapStoreException e) {
      throw shared.folders().damaged(stage, own, made, e);
    } catch (IOException | UncheckedIOException e) {
      throw new TrainingException(
          "stage %s: %s; make room if the disk is full: the same command goes on from there"
              .formatted(stage.name(), e.getMessage()),
          e);
    } catch (TrainingException e) {
      throw new TrainingException("stage %s: %s".formatted(stage.name(), e.getMessage()), e);
    }
  }

  private StageRecord unfinished(double seconds) {
    return new StageRecord(inputs, null, seconds, 0, 0);
  }

  /** For the cost of the stage; a kill or a full disk loses that and nothing else. */
  private void noteWorked(double seconds) {
    try {
      unfinished(seconds).write(own);
    } catch (IOException e) {
      LOG.debug("what the stage has worked could not be noted", e);
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }
}
