package dev.wsss.eval.augment;

/** What to do with a picture that cannot be decoded. */
public enum OnBadImage {
  /** Warn once for each file, count it, take another picture of the split. */
  SKIP,
  /** Stop the run. */
  FAIL
}
