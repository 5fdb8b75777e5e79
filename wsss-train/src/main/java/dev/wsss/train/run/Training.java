package dev.wsss.train.run;

import dev.wsss.api.data.Example;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.listener.RunView;
import dev.wsss.eval.augment.BatchLoader;
import dev.wsss.eval.report.IoReason;
import dev.wsss.train.checkpoint.Checkpoints;
import dev.wsss.train.checkpoint.MetricsFile;
import dev.wsss.train.checkpoint.Progress;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.TrainingPictures;
import dev.wsss.train.loop.LoopStep;
import dev.wsss.train.loop.Slot;
import dev.wsss.train.loop.TrainingException;
import dev.wsss.train.loop.TrainingLoop;
import dev.wsss.train.wiring.WiredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Trains a wired run in a folder, from the first step or from the last checkpoint there. */
final class Training {
  private final RunConfig config;
  private final WiredRun wired;

  Training(RunConfig config, WiredRun wired) {
    this.config = config;
    this.wired = wired;
  }

  /**
   * What training came to.
   *
   * @param badImages most pictures that one session could not decode
   * @param seconds wall time over all sessions
   */
  record Trained(int badImages, double seconds) {}

  /**
   * Leaves {@code checkpoints/}, {@code metrics.csv}, TensorBoard's events, and {@code
   * supervision/} where a slot shows what it is fed.
   *
   * @param view what configured listeners may look at
   * @param listener the program's own
   * @throws TrainingException if training cannot go on
   */
  Trained run(RunView view, RunListener listener) {
    return run(view, TrainingPictures.of(config, wired.data()).learned(), 0, listener);
  }

  /**
   * Makes so many steps of the last epoch, in which every loss is at work, and one checkpoint, in
   * an empty folder: to see what they take.
   */
  Trained tryOut(RunView view, int steps, RunListener listener) {
    List<Example> some =
        TrainingPictures.repeated(
            TrainingPictures.of(config, wired.data()).learned(), steps * config.training().batch());
    return run(view, some, config.training().epochs() - 1, listener);
  }

  /**
   * @param skipped epochs before the first one, where the folder has no checkpoint
   */
  private Trained run(RunView view, List<Example> learned, int skipped, RunListener listener) {
    Path folder = view.folder();
    long start = System.nanoTime();
    Checkpoints checkpoints = new Checkpoints(folder);
    var contents =
        new Checkpoints.Contents(
            wired.root(),
            wired.student(),
            wired.teacher(),
            Slot.layersOf(wired.slots()),
            wired.optimiser(),
            wired.stateful());
    Progress before = checkpoints.load(contents).orElse(Progress.NONE);
    wired.listeners().started(view);
    listener.started(view);
    try (BatchLoader loader = loader(learned)) {
      Files.createDirectories(folder);
      EpochSaver saver =
          new EpochSaver(
              checkpoints,
              contents,
              new MetricsFile(folder, before.epoch()),
              new TensorBoardEvents(folder, Clock.systemUTC()),
              wired.listeners(),
              listener,
              before,
              loader::badImages,
              new NetworkCheck(wired.root(), config.training().divergenceLoss()),
              start);
      LoopStep step =
          new SupervisionPages(
              wired.step(), folder, wired.student().input(), wired.data().classes());
      new TrainingLoop(step, loader, config.training().epochs())
          .run(Math.max(skipped, before.epoch()) + 1, saver);
      return new Trained(
          Math.max(before.badImages(), loader.badImages()),
          before.seconds() + (System.nanoTime() - start) * 1e-9);
    } catch (IOException e) {
      throw new TrainingException("cannot write to " + folder + ": " + IoReason.of(e), e);
    }
  }

  private BatchLoader loader(List<Example> learned) {
    var training = config.training();
    return new BatchLoader(
        wired.data(),
        learned,
        config.augmentation(),
        wired.student().input(),
        training.batch(),
        training.seed(),
        training.onBadImage(),
        training.workers());
  }
}
