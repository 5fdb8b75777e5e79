package dev.wsss.backbones;

import ai.djl.nn.Block;
import dev.wsss.backbones.layer.BatchNormMode;
import java.nio.file.Path;
import java.util.Optional;

/** What learns in a network of numbered stages, from the input: 1 is the stem and the first. */
record PretrainedStages(BatchNormMode batchNorm, int frozen) {
  /** The network may be any of several: where it stands is said before. */
  private static final String NAME_A_FILE =
      "name a file in weights beside it ('wsss weights list' shows what 'wsss weights fetch'"
          + " brings)";

  /**
   * Checks what only makes sense with pretrained weights.
   *
   * @throws IllegalArgumentException if something is frozen that nothing ever filled
   */
  static void check(Optional<Path> weights, BatchNormMode batchNorm, int frozenStages) {
    if (weights.isPresent()) {
      return;
    }
    if (batchNorm != BatchNormMode.TRAINED) {
      throw new IllegalArgumentException(
          "batch-norm is "
              + (batchNorm == BatchNormMode.FROZEN ? "frozen" : "fixed-statistics")
              + ", which keeps the statistics of pretrained weights, but there is no weights; "
              + NAME_A_FILE
              + ", or let batch-norm be trained");
    }
    checkFrozen(weights, frozenStages);
  }

  /**
   * Checks the stages alone, of a network without batch norm.
   *
   * @throws IllegalArgumentException if something is frozen that nothing ever filled
   */
  static void checkFrozen(Optional<Path> weights, int frozenStages) {
    if (weights.isEmpty() && frozenStages > 0) {
      throw new IllegalArgumentException(
          "frozen-stages is "
              + frozenStages
              + ", which keeps pretrained weights, but there is no weights; "
              + NAME_A_FILE
              + ", or let frozen-stages be 0");
    }
  }

  /** How batch norm learns in a stage. */
  BatchNormMode mode(int stage) {
    return stage <= frozen ? BatchNormMode.FROZEN : batchNorm;
  }

  /** The block, frozen if its stage is. */
  <B extends Block> B of(int stage, B block) {
    if (stage <= frozen) {
      block.freezeParameters(true);
    }
    return block;
  }
}
