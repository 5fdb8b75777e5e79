package dev.wsss.eval.data;

/** What to do with a picture that no class is said to be in. */
public enum Unlabelled {
  /** It is a mistake: refuse the data set. */
  FAIL,
  /** It shows background only: keep it as an example of no class. */
  KEEP
}
