package dev.wsss.train.ablation;

/** What to do with runs that would train otherwise than they did when they ran. */
public enum Changed {
  /** Start nothing, and name them with what has changed. */
  REFUSE,
  /** Run them again; their old folders move to {@code replaced/}. */
  RERUN
}
