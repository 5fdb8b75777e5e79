package dev.wsss.api.training;

import java.util.Map;

/**
 * A module with numbers that outlive a step; they are kept in checkpoints under the module's name
 * in the configuration, so that a resumed run equals an unbroken one. Self-supervision modules and
 * listeners may implement it.
 *
 * <p>A state may be empty, and hold arrays of any length, finite or not: a checkpoint gives back
 * every bit, NaN and infinities included. A state never holds null.
 */
public interface Stateful {

  /**
   * Everything needed to go on, as flat arrays by name; a snapshot, which later steps do not
   * change.
   */
  Map<String, float[]> state();

  /**
   * Takes back what {@link #state()} gave, in a module of the same configuration.
   *
   * @throws IllegalArgumentException if it is damaged or of another configuration, saying how; the
   *     module is then as it was
   */
  void restore(Map<String, float[]> state);
}
