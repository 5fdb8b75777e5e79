package dev.wsss.backbones.weights;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.wsss.api.network.WeightsException;
import dev.wsss.api.tensor.FusedUpdates;
import dev.wsss.api.weights.WeightsFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Copies pretrained weights into a network, every parameter or none.
 *
 * @param network whose weights are expected
 * @param known networks to name where the weights belong to another
 */
public record Pretraining(Architecture network, List<Architecture> known) {

  public Pretraining {
    known = List.copyOf(known);
  }

  /**
   * Overwrites initialised parameters with the tensors of their names. Tensors of the ImageNet
   * classifier and step counters are ignored; anything else in the file must have its parameter.
   *
   * @param file of any format that {@link WeightsFile} reads; other precisions are converted
   * @throws WeightsException that lists everything missing, unexpected and misshapen, or names the
   *     tensor whose values cannot be used
   */
  public void load(Path file, Map<String, Parameter> parameters) {
    WeightsFile weights = WeightsFile.open(file);
    requireFit(weights, parameters);
    NDManager owner = parameters.values().iterator().next().getArray().getManager();
    try (NDManager scratch = owner.newSubManager()) {
      NDList targets = new NDList();
      NDList tensors = new NDList();
      parameters.forEach(
          (name, parameter) -> {
            targets.add(parameter.getArray());
            tensors.add(weights.read(scratch, name));
          });
      // Only now is every tensor known to be readable.
      FusedUpdates.copy(targets, tensors);
    }
  }

  private void requireFit(WeightsFile weights, Map<String, Parameter> parameters) {
    Mismatch mismatch = new Mismatch();
    parameters.forEach(
        (name, parameter) -> {
          Shape found = weights.shapes().get(name);
          if (found == null) {
            mismatch.missing(name, parameter.getShape());
          } else if (!found.equals(parameter.getShape())) {
            mismatch.misshapen(name, found, parameter.getShape());
          }
        });
    new TreeMap<>(weights.shapes())
        .forEach(
            (name, shape) -> {
              if (!parameters.containsKey(name) && !network.ignores(name)) {
                mismatch.unexpected(name, shape);
              }
            });
    if (mismatch.any()) {
      String begin =
          "weights %s do not fit %s: %s"
              .formatted(weights.path(), network.name(), mismatch.counts());
      throw new WeightsException(
          author(weights)
              .map(
                  other ->
                      begin + "; these look like weights of " + other.name() + mismatch.lines())
              .orElseGet(() -> begin + mismatch.linesWithNearestNames()));
    }
  }

  /** Another network that these weights are of. */
  private Optional<Architecture> author(WeightsFile weights) {
    return known.stream()
        .filter(other -> !other.equals(network) && other.wrote(weights.shapes().keySet()))
        .findFirst();
  }

  /** A shape as 64×3×7×7. */
  static String text(Shape shape) {
    return shape.dimension() == 0
        ? "scalar"
        : Arrays.stream(shape.getShape()).mapToObj(Long::toString).collect(Collectors.joining("×"));
  }
}
