package dev.wsss.train.ablation;

import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.binding.ConfigTree;

/**
 * One cell with one seed.
 *
 * @param tree its configuration with the origin of every value
 * @param config the same, bound; runs with equal ones give the same numbers and run once
 */
public record PlannedRun(Cell cell, long seed, ConfigTree tree, RunConfig config) {

  /** How problems and progress name it. */
  public String title() {
    return cell.name() + " seed " + seed;
  }

  /** Its folder within the ablation's. */
  public String folder() {
    return "cells/" + cell.name() + "/seed-" + seed;
  }
}
