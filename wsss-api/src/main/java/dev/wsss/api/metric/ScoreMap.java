package dev.wsss.api.metric;

import dev.wsss.api.data.IndexMask;

/**
 * The winning foreground class of every pixel of one picture and its score.
 *
 * @param width in pixels of the original picture
 * @param height in pixels
 * @param winner foreground class k per pixel, width·height bytes
 * @param score 0…1 per pixel: the winner's class activation divided by that class's largest in the
 *     picture; 0 where no class is active
 */
@SuppressWarnings("ArrayRecordComponent") // a value by reference: maps are never compared
public record ScoreMap(int width, int height, byte[] winner, float[] score) {

  /**
   * Whether a pixel of a score gets its class: where no class is active, threshold 0 is not reached
   * either.
   */
  public static boolean reaches(float score, double threshold) {
    return score > 0 && score >= threshold;
  }

  /** The mask index of a pixel at a threshold: k + 1 where its score reaches it, else 0. */
  public int maskIndex(int pixel, double threshold) {
    return reaches(score[pixel], threshold) ? (winner[pixel] & 0xff) + 1 : 0;
  }

  /** The pseudo mask at a threshold: the winner where its score reaches it, else background. */
  public IndexMask mask(double threshold) {
    byte[] indices = new byte[winner.length];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = (byte) maskIndex(i, threshold);
    }
    return new IndexMask(width, height, indices);
  }
}
