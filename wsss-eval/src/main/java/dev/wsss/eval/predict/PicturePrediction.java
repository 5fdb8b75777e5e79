package dev.wsss.eval.predict;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.metric.ScoreMap;
import dev.wsss.eval.cam.PictureMaps;

/**
 * What a model says of one picture.
 *
 * @param maps scores by class, at the size at which the picture was looked at
 * @param width of the picture as it came, in pixels
 * @param height in pixels
 * @param maskThreshold score from which a pixel gets its class
 */
public record PicturePrediction(PictureMaps maps, int width, int height, double maskThreshold) {

  /** The picture's name and the classes that got maps: its labels, or those the model found. */
  public Example example() {
    return maps.example();
  }

  /** Of all K classes. */
  public float[] probabilities() {
    return maps.probabilities();
  }

  /** The winning class and score of every pixel of the picture as it came. */
  public ScoreMap scores() {
    return maps.winners(width, height);
  }

  /** The class index of every pixel of the picture as it came; 0 is background. */
  public IndexMask mask() {
    return scores().mask(maskThreshold);
  }
}
