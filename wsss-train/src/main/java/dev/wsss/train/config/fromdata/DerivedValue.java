package dev.wsss.train.config.fromdata;

/**
 * A value that was derived from the data set.
 *
 * @param key dotted, such as {@code optimiser.rate}
 * @param value as YAML
 * @param reason a clause without a full stop
 */
public record DerivedValue(String key, String value, String reason) {

  /** The same value in a block of the configuration. */
  public DerivedValue under(String block) {
    return new DerivedValue(block + "." + key, value, reason);
  }

  /** For example {@code optimiser.rate: 0.00045 (the loss is …)}. */
  @Override
  public String toString() {
    return key + ": " + value + " (" + reason + ")";
  }
}
