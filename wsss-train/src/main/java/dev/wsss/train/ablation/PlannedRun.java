package dev.wsss.train.ablation;

import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.RunConfig;

/**
 * One cell with one seed.
 *
 * @param run its configuration
 */
public record PlannedRun(Cell cell, long seed, ResolvedRun run) {

  /** Its bound configuration. */
  public RunConfig config() {
    return run.config();
  }

  /** How problems and progress name it. */
  public String title() {
    return cell.name() + " seed " + seed;
  }

  /** Its folder within the ablation's. */
  public String folder() {
    return "cells/" + cell.name() + "/seed-" + seed;
  }
}
