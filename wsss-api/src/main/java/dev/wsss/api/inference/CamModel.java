package dev.wsss.api.inference;

import java.util.BitSet;

/**
 * A network that was trained, as everything after it sees it: pixels in; raw maps, logits and,
 * where asked for, features out.
 *
 * <p>It resizes nothing and mirrors nothing: whoever asks does that. Several threads may ask at
 * once.
 */
public interface CamModel extends AutoCloseable {

  /** The shortest side of a picture, in pixels, that makes sense to the network. */
  int shortestSide();

  /**
   * Runs the network in evaluation mode.
   *
   * @param pixels N pictures of one size, no side below {@link #shortestSide()}
   * @param features whether the features are wanted too
   * @throws IllegalArgumentException if features are wanted and the model has none to give
   */
  RawMaps run(PixelBatch pixels, boolean features);

  /**
   * Whether a map takes a pass of its own, so that maps come of the classes that are asked for and
   * are zero for all others.
   */
  default boolean mapsAreAskedFor() {
    return false;
  }

  /**
   * Like {@link #run(PixelBatch, boolean)}, where only the maps of some classes will be read.
   *
   * @param classes foreground classes
   */
  default RawMaps run(PixelBatch pixels, boolean features, BitSet classes) {
    return run(pixels, features);
  }

  /** Gives back what the model holds. */
  @Override
  void close();
}
