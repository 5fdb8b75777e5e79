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

  /** The pseudo mask at a threshold: the winner where its score reaches it, else background. */
  public IndexMask mask(double threshold) {
    byte[] indices = new byte[winner.length];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = score[i] >= threshold ? (byte) (winner[i] + 1) : 0;
    }
    return new IndexMask(width, height, indices);
  }
}
