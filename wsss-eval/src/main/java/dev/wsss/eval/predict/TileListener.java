package dev.wsss.eval.predict;

/** Hears how far the parts of a large picture are; called by the thread that labels it. */
@FunctionalInterface
public interface TileListener {
  /** Hears nothing. */
  TileListener SILENT = (done, of) -> {};

  /**
   * A part was looked at.
   *
   * @param done parts of this picture so far
   * @param of {@link Predictor#tiles} of this picture
   */
  void went(int done, int of);
}
