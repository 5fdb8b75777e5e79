package dev.wsss.train.run;

import dev.wsss.api.tensor.CpuInfo;
import dev.wsss.eval.augment.BatchLoader;
import dev.wsss.eval.data.UnlearnableClasses;
import dev.wsss.train.checkpoint.Checkpoints;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.TrainingPictures;
import dev.wsss.train.wiring.InitialWeights;
import dev.wsss.train.wiring.WiredRun;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the objects of a run and gives its networks their first values; checks what can be. */
final class Preparation {
  private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

  private Preparation() {}

  /** Networks from a checkpoint; pretrained weights are not read. */
  static WiredRun fromCheckpoint(RunConfig config, Checkpoints checkpoints) {
    WiredRun wired = WiredRun.of(config, InitialWeights.RANDOM);
    return closedOnFailure(
        wired, () -> checkpoints.loadNetworks(wired.root(), wired.student(), wired.teacher()));
  }

  /** Networks from pretrained weights, or from the run that {@code training.start} names. */
  static WiredRun pretrained(RunConfig config) {
    WiredRun wired = WiredRun.of(config);
    Optional<Checkpoints> other = config.training().start().map(Checkpoints::new);
    return closedOnFailure(
        wired,
        () ->
            other.ifPresent(
                from -> from.loadNetworks(wired.root(), wired.student(), wired.teacher())));
  }

  /** Checks what only training asks for. */
  static WiredRun ready(RunConfig config, WiredRun wired) {
    return closedOnFailure(
        wired,
        () -> {
          var training = TrainingPictures.of(config, wired.data()).learned();
          BatchLoader.requireOneBatch(training, config.training().batch());
          BatchLoader.requireMemory(
              config.augmentation(), config.training().batch(), config.training().workers());
          CropSize.require(config.augmentation().crop(), wired);
          MixedPrecision.require(config, wired);
          RefinedSlots.require(wired.slots());
          Scoring.usualSplit(config, wired.data());
          MixedPrecision.warning(config, wired, CpuInfo.here()).ifPresent(LOG::warn);
          UnlearnableClasses.warnings(wired.data(), training).forEach(LOG::warn);
          IdleSlots.warn(config, training.size() / config.training().batch());
        });
  }

  private static WiredRun closedOnFailure(WiredRun wired, Runnable step) {
    try {
      step.run();
      return wired;
    } catch (RuntimeException e) {
      wired.root().close();
      throw e;
    }
  }
}
