package dev.wsss.backbones.parity;

import ai.djl.ndarray.types.Shape;
import java.nio.charset.StandardCharsets;

/**
 * Values of a tensor that follow from its name, the same in {@code examples/parity/parity.py}, so
 * that files of expected values hold neither weights nor pictures.
 */
final class NamedValues {
  private NamedValues() {}

  /**
   * Numbers from −1 to below 1: element i is splitmix64 of FNV-1a of the name plus i times the
   * golden ratio; its top 24 bits.
   */
  static float[] noise(String name, Shape shape) {
    long state = hash(name);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (mix(state + i * 0x9E3779B97F4A7C15L) >>> 40) / (float) (1 << 23) - 1;
    }
    return values;
  }

  /**
   * Values of a parameter: weights by He's rule times a gain, scales and variances near 1, all else
   * near 0.
   *
   * @param name as PyTorch has it
   */
  static float[] of(String name, Shape shape, double gain) {
    float[] values = noise(name, shape);
    double centre = 0;
    double size = 0.1;
    if (name.endsWith("weight") && shape.dimension() > 1) {
      size = Math.sqrt(6.0 / ((double) shape.size() / shape.get(0))) * gain;
    } else if (name.endsWith("weight")) {
      centre = 1;
    } else if (name.endsWith("running_var")) {
      centre = 1;
      size = 0.5;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (centre + values[i] * size);
    }
    return values;
  }

  private static long hash(String name) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001B3L;
    }
    return hash;
  }

  private static long mix(long state) {
    long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
