package dev.wsss.backbones.layer;

/** What of batch normalisation learns. */
public enum BatchNormMode {
  /** Nothing: statistics, scales and shifts stay as they were loaded. [authors] */
  FROZEN,
  /** Scales and shifts learn; the running statistics stay as they were loaded. */
  FIXED_STATISTICS,
  /**
   * Training normalises by each pass's own statistics and follows them with the running ones;
   * scales and shifts learn.
   */
  TRAINED
}
