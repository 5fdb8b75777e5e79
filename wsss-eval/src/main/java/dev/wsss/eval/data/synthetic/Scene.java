package dev.wsss.eval.data.synthetic;

import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import java.util.List;

/**
 * One picture before it is painted.
 *
 * @param side width and height, in pixels
 * @param backdrop what is behind everything
 * @param layers from back to front
 * @param grain of the whole picture
 */
record Scene(int side, Backdrop backdrop, List<Layer> layers, Noise grain) {
  private static final double GRAIN = 0.05;

  /** Paints the picture. */
  RgbImage image() {
    byte[] bytes = new byte[3 * side * side];
    double[] rgb = new double[3];
    int at = 0;
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        backdrop.paint(column + 0.5, row + 0.5, rgb);
        for (Layer layer : layers) {
          layer.paint(column + 0.5, row + 0.5, rgb);
        }
        for (int c = 0; c < 3; c++) {
          double noisy = rgb[c] + GRAIN * (grain.at(at, c) - 0.5);
          bytes[at++] = (byte) (int) (Paint.clamp(noisy) * 255 + 0.5);
        }
      }
    }
    return new RgbImage(side, side, bytes);
  }

  /** The class of the frontmost layer at each pixel's centre. */
  IndexMask mask() {
    byte[] indices = new byte[side * side];
    int[] front = front();
    for (int i = 0; i < indices.length; i++) {
      indices[i] = front[i] < 0 ? 0 : (byte) layers.get(front[i]).maskIndex();
    }
    return new IndexMask(side, side, indices);
  }

  /**
   * Whether enough of every object shows for its label to be fair: two fifths of its pixels, and
   * seven tenths of its telling part if it has one.
   */
  boolean isFair() {
    int[] front = front();
    for (int l = 0; l < layers.size(); l++) {
      if (layers.get(l) instanceof Figure figure && !shows(figure, l, front)) {
        return false;
      }
    }
    return true;
  }

  private boolean shows(Figure figure, int layer, int[] front) {
    int pixels = 0;
    int seen = 0;
    int partSeen = 0;
    int at = 0;
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++, at++) {
        if (figure.covers(column + 0.5, row + 0.5)) {
          pixels++;
          if (front[at] == layer) {
            seen++;
            partSeen += figure.inPart(column + 0.5, row + 0.5) ? 1 : 0;
          }
        }
      }
    }
    double partPixels = Math.PI * figure.part().radius() * figure.part().radius();
    return seen >= 0.4 * pixels && partSeen >= 0.7 * partPixels;
  }

  /** Number of the frontmost layer of each pixel, −1 for the backdrop. */
  private int[] front() {
    int[] front = new int[side * side];
    int at = 0;
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        int layer = layers.size() - 1;
        while (layer >= 0 && !layers.get(layer).covers(column + 0.5, row + 0.5)) {
          layer--;
        }
        front[at++] = layer;
      }
    }
    return front;
  }
}
