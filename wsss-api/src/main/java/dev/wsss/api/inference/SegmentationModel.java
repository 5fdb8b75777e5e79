package dev.wsss.api.inference;

/**
 * A segmentation network that was trained, as everything after it sees it: pixels in, scores of
 * background and classes out.
 *
 * <p>It resizes nothing and mirrors nothing: whoever asks does that. Several threads may ask at
 * once.
 */
public interface SegmentationModel extends AutoCloseable {

  /** The shortest side of a picture, in pixels, that makes sense to the network. */
  int shortestSide();

  /**
   * Runs the network in evaluation mode.
   *
   * @param pixels N pictures of one size, no side below {@link #shortestSide()}
   */
  PixelScores run(PixelBatch pixels);

  /** Gives back what the model holds. */
  @Override
  void close();
}
