package dev.wsss.backbones.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file of what a network gives in PyTorch, as parity.py writes it.
 *
 * @param file for messages
 * @param arrays by name
 */
record ExpectedValues(String file, Map<String, NDArray> arrays) {
  private static final int LARGEST_SAMPLE = 4093;

  /**
   * Reads a resource beside this class; the arrays live as long as the manager.
   *
   * @param name of the network with its stride, such as {@code resnet18-8}
   */
  static ExpectedValues read(NDManager manager, String name) throws IOException {
    String file = name + ".safetensors";
    Map<String, NDArray> arrays = new TreeMap<>();
    try (InputStream in = ExpectedValues.class.getResourceAsStream(file)) {
      assertThat(in).as("file %s, which examples/parity/networks.py writes", file).isNotNull();
      NDList.decode(manager, in).forEach(array -> arrays.put(array.getName(), array));
    }
    return new ExpectedValues(file, arrays);
  }

  /** The factor on all weights. */
  double gain() {
    return arrays.get("gain").getFloat();
  }

  /** Sizes of the pictures, height×width, such as {@code 75x53}. */
  List<String> sizes() {
    return arrays.keySet().stream()
        .filter(name -> name.startsWith("draw."))
        .map(name -> name.substring("draw.".length()))
        .toList();
  }

  /** The picture of a size, 1×3×H×W. */
  NDArray picture(NDManager manager, String size) {
    long draw = arrays.get("draw." + size).getLong();
    String[] sides = size.split("x", -1);
    Shape shape = new Shape(1, 3, Long.parseLong(sides[0]), Long.parseLong(sides[1]));
    return manager.create(NamedValues.noise("pictures.%d.%s".formatted(draw, size), shape), shape);
  }

  /** Asserts shape, elements and norm, up to {@code relative} times the largest and the norm. */
  void assertClose(String name, NDArray actual, double relative) {
    assertThat(actual.getShape().getShape())
        .as("shape of %s in %s", name, file)
        .isEqualTo(arrays.get(name + ".shape").toLongArray());
    assertClose(name, sample(actual), relative);
    double norm = arrays.get(name + ".norm").getFloat();
    assertThat(norm(actual))
        .as("norm of %s in %s", name, file)
        .isCloseTo(norm, within(relative * norm));
  }

  /** Asserts norms of all gradients and the elements of those that the file has. */
  void assertGradientsClose(String size, SortedMap<String, NDArray> actual, double relative) {
    float[] norms = arrays.get("gradients." + size + ".norms").toFloatArray();
    assertThat(actual).as("gradients in %s", file).hasSameSizeAs(norms);
    List<String> names = new ArrayList<>(actual.keySet());
    for (int i = 0; i < norms.length; i++) {
      assertThat(norm(actual.get(names.get(i))))
          .as("norm of gradient %s of pictures %s in %s", names.get(i), size, file)
          .isCloseTo(norms[i], within(relative * norms[i]));
    }
    String prefix = "gradient." + size + ".";
    List<String> whole = arrays.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    assertThat(whole).as("gradients in %s", file).isNotEmpty();
    for (String name : whole) {
      NDArray gradient = actual.get(name.substring(prefix.length()));
      assertThat(gradient).as(name).isNotNull();
      assertClose(name, sample(gradient), relative);
    }
  }

  private void assertClose(String name, float[] actual, double relative) {
    float[] expected = arrays.get(name).toFloatArray();
    assertThat(actual).as("elements of %s in %s", name, file).hasSameSizeAs(expected);
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).as("largest of %s in %s", name, file).isPositive();
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i])
          .as("%s in %s, element %d of the sample", name, file, i)
          .isCloseTo(expected[i], within(relative * largest));
    }
  }

  /** All elements, or of a large array some that are spread over it. */
  private static float[] sample(NDArray array) {
    float[] values = array.toFloatArray();
    if (values.length <= LARGEST_SAMPLE) {
      return values;
    }
    float[] sample = new float[LARGEST_SAMPLE];
    for (int k = 0; k < LARGEST_SAMPLE; k++) {
      sample[k] = values[(int) ((long) k * values.length / LARGEST_SAMPLE)];
    }
    return sample;
  }

  private static double norm(NDArray array) {
    double sum = 0;
    for (float value : array.toFloatArray()) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
