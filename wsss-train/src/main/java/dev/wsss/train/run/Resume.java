package dev.wsss.train.run;

/** What to do with a checkpoint that stands in the run's folder. */
public enum Resume {
  /** Start at the first step; a checkpoint in the folder is an error. */
  FRESH,
  /** Go on from the last checkpoint, or start where there is none. */
  CONTINUE
}
