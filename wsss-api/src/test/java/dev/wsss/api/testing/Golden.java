package dev.wsss.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.supervision.Batch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A file of inputs and values that an independent implementation of the method made of them.
 *
 * @param arrays all arrays of the file by name
 * @param batch its labels and size; the pictures are black
 * @param student outputs by scale; features are those of scale 1
 * @param teacher outputs by scale; features are those of scale 1
 */
public record Golden(
    Map<String, NDArray> arrays,
    Batch batch,
    Map<Double, CamOutput> student,
    Map<Double, CamOutput> teacher) {

  /** Reads a safetensors resource of the calling test's module. */
  public static Golden read(NDManager manager, String resource) {
    Map<String, NDArray> arrays = new TreeMap<>();
    try (InputStream in = Golden.class.getResourceAsStream(resource)) {
      NDList.decode(manager, in).forEach(array -> arrays.put(array.getName(), array));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long[] size = arrays.get("size").toLongArray();
    NDArray labels = arrays.get("labels");
    int classes = (int) labels.getShape().get(1);
    Batch batch = FakeBatch.of(manager, present(labels), classes, (int) size[0], (int) size[1]);
    return new Golden(arrays, batch, outputs(arrays, "student"), outputs(arrays, "teacher"));
  }

  private static int[][] present(NDArray labels) {
    float[] values = labels.toFloatArray();
    int classes = (int) labels.getShape().get(1);
    List<int[]> present = new ArrayList<>();
    for (int at = 0; at < values.length; at += classes) {
      int row = at;
      present.add(IntStream.range(0, classes).filter(k -> values[row + k] > 0).toArray());
    }
    return present.toArray(int[][]::new);
  }

  private static Map<Double, CamOutput> outputs(Map<String, NDArray> arrays, String network) {
    String prefix = network + ".cam.";
    Map<Double, CamOutput> outputs = new TreeMap<>();
    arrays.forEach(
        (name, maps) -> {
          if (name.startsWith(prefix)) {
            double scale = Double.parseDouble(name.substring(prefix.length()));
            outputs.put(scale, new CamOutput(arrays.get(network + ".feature"), maps));
          }
        });
    return outputs;
  }

  /** One array of the file. */
  public NDArray array(String name) {
    return arrays.get(name);
  }

  /** Asserts equality up to {@code relative} times the largest expected value. */
  public void assertClose(NDArray actual, String name, double relative) {
    assertThat(actual.getShape()).as(name).isEqualTo(array(name).getShape());
    float[] expected = array(name).toFloatArray();
    float[] values = actual.toFloatArray();
    double largest =
        IntStream.range(0, expected.length).mapToDouble(i -> Math.abs(expected[i])).max().orElse(0);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) values[i])
          .as("%s, element %s", name, i)
          .isCloseTo(expected[i], within(relative * largest));
    }
  }
}
