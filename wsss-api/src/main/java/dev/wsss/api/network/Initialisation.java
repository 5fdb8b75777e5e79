package dev.wsss.api.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import dev.wsss.api.tensor.Constants;
import java.util.Random;

/**
 * Random starting values of a weight O×I×…, drawn on the Java side so that a seed means the same on
 * every engine and device.
 */
public enum Initialisation implements Initializer {
  /** Normal with variance 2 / fan-in (He et al. 2015); for layers followed by a ReLU. */
  HE_NORMAL,
  /** Uniform with variance 2 / (fan-in + fan-out) (Glorot and Bengio 2010). */
  XAVIER_UNIFORM,
  /** Uniform in ±1/√fan-in, what PyTorch gives a convolution by default. */
  FAN_IN_UNIFORM,
  /**
   * Normal with deviation 0.02, values beyond twice that drawn again; for the layers of
   * transformers.
   */
  TRUNCATED_NORMAL,
  /** Zero. */
  ZERO;

  private static final double SMALL = 0.02;

  /** Draws with a generator of its own; {@link NetworkParameters} calls {@link #draw} instead. */
  @Override
  public NDArray initialize(NDManager manager, Shape shape, DataType dataType) {
    return draw(manager, shape, 0);
  }

  /** Draws a float32 array of {@code shape} that depends on {@code seed} only. */
  public NDArray draw(NDManager manager, Shape shape, long seed) {
    long fanIn = Math.max(1, shape.size() / shape.get(0));
    long fanOut = Math.max(1, shape.size() / (shape.dimension() > 1 ? shape.get(1) : 1));
    float[] values = new float[(int) shape.size()];
    Random random = new Random(seed);
    switch (this) {
      case HE_NORMAL -> {
        double deviation = Math.sqrt(2.0 / (double) fanIn);
        fill(values, () -> random.nextGaussian() * deviation);
      }
      case XAVIER_UNIFORM -> {
        double bound = Math.sqrt(6.0 / (double) (fanIn + fanOut));
        fill(values, () -> (2 * random.nextDouble() - 1) * bound);
      }
      case FAN_IN_UNIFORM -> {
        double bound = 1 / Math.sqrt((double) fanIn);
        fill(values, () -> (2 * random.nextDouble() - 1) * bound);
      }
      case TRUNCATED_NORMAL -> fill(values, () -> SMALL * withinTwo(random));
      case ZERO -> {}
    }
    return Constants.of(manager, values, shape.getShape());
  }

  private static double withinTwo(Random random) {
    double value = random.nextGaussian();
    while (Math.abs(value) > 2) {
      value = random.nextGaussian();
    }
    return value;
  }

  private static void fill(float[] values, java.util.function.DoubleSupplier draw) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draw.getAsDouble();
    }
  }
}
