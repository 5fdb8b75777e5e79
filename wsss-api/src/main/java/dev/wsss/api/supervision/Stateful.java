package dev.wsss.api.supervision;

import java.util.Map;

/**
 * A module with numbers that outlive a step; they are kept in checkpoints under the slot's name so
 * that a resumed run equals an unbroken one.
 */
public interface Stateful {

  /** Everything needed to go on, as flat arrays by name. */
  Map<String, float[]> state();

  /** Takes back what {@link #state()} gave. */
  void restore(Map<String, float[]> state);
}
