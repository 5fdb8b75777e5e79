package dev.wsss.eval.metric;

import java.util.Locale;

/** How the threshold between background and foreground was chosen; part of every number. */
public enum ThresholdMode {
  /** Given in the configuration, before anything was seen. */
  FIXED,
  /** The best one on pictures set apart for that, used on the others. */
  HELD_OUT,
  /**
   * The one below which a given share of the reported pictures' pixels lie, whatever their masks.
   */
  SHARE,
  /** The best one on the very pictures that are reported: an upper bound, not a result. */
  ORACLE;

  /** The name in configurations and tables, for example {@code held-out}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
