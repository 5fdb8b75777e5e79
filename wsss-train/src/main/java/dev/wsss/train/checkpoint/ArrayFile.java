package dev.wsss.train.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.wsss.api.tensor.FusedUpdates;
import dev.wsss.api.weights.WeightsFile;
import dev.wsss.train.loop.TrainingException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Named arrays as safetensors. */
public final class ArrayFile {

  private ArrayFile() {}

  /**
   * Writes the arrays under their names, in the map's order.
   *
   * @param root nothing in it outlives the call
   */
  public static void write(NDManager root, Path file, Map<String, NDArray> arrays)
      throws IOException {
    try (NDManager manager = root.newSubManager();
        NDScope scope = new NDScope();
        OutputStream out = Files.newOutputStream(file)) {
      scope.suppressNotUsedWarning();
      NDList list = new NDList();
      arrays.forEach(
          (name, array) -> {
            NDArray view = array.stopGradient();
            view.attach(manager);
            view.setName(name);
            list.add(view);
          });
      list.encode(out, NDList.Encoding.SAFETENSORS);
    }
  }

  /** A network's arrays, running statistics included, by name. */
  static Map<String, NDArray> of(Map<String, Parameter> parameters) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
    return arrays;
  }

  /**
   * Reads values into arrays of the same names and shapes, which are compared before the first is
   * changed.
   *
   * @param root nothing in it outlives the call
   * @throws TrainingException if names or shapes differ
   * @throws dev.wsss.api.network.WeightsException if the file is damaged or holds NaN
   */
  static void read(NDManager root, Path file, Map<String, NDArray> into) {
    read(root, file, into, name -> true);
  }

  /** The same with those names of the file alone that are asked for. */
  static void read(NDManager root, Path file, Map<String, NDArray> into, Predicate<String> asked) {
    WeightsFile stored = WeightsFile.open(file);
    Map<String, Shape> shapes = new TreeMap<>(stored.shapes());
    shapes.keySet().removeIf(asked.negate());
    checkNames(file, into, shapes);
    try (NDManager manager = root.newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      into.forEach(
          (name, target) -> {
            try (NDArray source = stored.read(manager, name)) {
              FusedUpdates.copy(new NDList(target), new NDList(source));
            }
          });
    }
  }

  /**
   * Reads values into those arrays that the file has under the same names: whole where the shapes
   * are equal, after a first row of zeros where the file lacks only that row. All others stay as
   * they are.
   *
   * @param root nothing in it outlives the call
   */
  static void readWithBackground(NDManager root, Path file, Map<String, NDArray> into) {
    WeightsFile stored = WeightsFile.open(file);
    try (NDManager manager = root.newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      into.forEach(
          (name, target) -> {
            Shape found = stored.shapes().get(name);
            if (found != null && found.equals(target.getShape())) {
              FusedUpdates.copy(new NDList(target), new NDList(stored.read(manager, name)));
            } else if (found != null && found.equals(withoutFirstRow(target.getShape()))) {
              NDArray rows = stored.read(manager, name);
              NDArray background = rows.get(new NDIndex("0:1")).zerosLike();
              FusedUpdates.copy(new NDList(target), new NDList(background.concat(rows)));
            }
          });
    }
  }

  private static Shape withoutFirstRow(Shape shape) {
    return shape.dimension() == 0 ? shape : new Shape(shape.get(0) - 1).addAll(shape.slice(1));
  }

  private static void checkNames(Path file, Map<String, NDArray> into, Map<String, Shape> found) {
    TreeSet<String> wrong = new TreeSet<>();
    into.forEach(
        (name, target) -> {
          Shape shape = found.get(name);
          if (shape == null) {
            wrong.add("missing " + name);
          } else if (!shape.equals(target.getShape())) {
            wrong.add(name + " is " + shape + ", not " + target.getShape());
          }
        });
    found.keySet().stream()
        .filter(n -> !into.containsKey(n))
        .forEach(n -> wrong.add("unknown " + n));
    if (!wrong.isEmpty()) {
      throw new TrainingException(
          file + " is of another configuration: " + String.join("; ", wrong));
    }
  }
}
