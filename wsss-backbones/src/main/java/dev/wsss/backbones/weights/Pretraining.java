package dev.wsss.backbones.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.wsss.api.network.WeightsException;
import dev.wsss.api.tensor.FusedUpdates;
import dev.wsss.api.weights.WeightsFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Copies pretrained weights into a network.
 *
 * @param network whose weights are expected
 * @param known networks to name where the weights belong to another
 */
public record Pretraining(Architecture network, List<Architecture> known) {

  public Pretraining {
    known = List.copyOf(known);
  }

  /**
   * Overwrites initialised parameters with the tensors of their names, or of the other names that
   * the network knows for them. Tensors of the ImageNet classifier and step counters are ignored;
   * anything else in the file must have its parameter. Where names or shapes do not fit, nothing is
   * overwritten. Values are read one tensor after the other, so that memory never holds a second
   * network; one that cannot be used leaves those before it overwritten.
   *
   * @param file of any format that {@link WeightsFile} reads; other precisions are converted
   * @throws WeightsException that lists everything missing, unexpected and misshapen, or names the
   *     tensor whose values cannot be used
   */
  public void load(Path file, Map<String, Parameter> parameters) {
    WeightsFile weights = WeightsFile.open(file);
    Map<String, String> inFile = requireFit(weights, parameters);
    NDManager owner = parameters.values().iterator().next().getArray().getManager();
    parameters.forEach(
        (name, parameter) -> {
          try (NDManager scratch = owner.newSubManager()) {
            NDArray tensor = weights.read(scratch, Objects.requireNonNull(inFile.get(name)));
            FusedUpdates.copy(new NDList(parameter.getArray()), new NDList(tensor));
          }
        });
  }

  /** What the file calls each parameter. */
  private Map<String, String> requireFit(WeightsFile weights, Map<String, Parameter> parameters) {
    Mismatch mismatch = new Mismatch();
    Map<String, String> inFile = new HashMap<>();
    new TreeMap<>(weights.shapes())
        .forEach(
            (name, shape) -> {
              String own = network.ours(name);
              boolean wanted = parameters.containsKey(own) && inFile.putIfAbsent(own, name) == null;
              if (!wanted && !network.ignores(name)) {
                mismatch.unexpected(name, shape);
              }
            });
    parameters.forEach(
        (name, parameter) -> {
          String found = inFile.get(name);
          if (found == null) {
            mismatch.missing(name, parameter.getShape());
            return;
          }
          Shape shape = Objects.requireNonNull(weights.shapes().get(found));
          if (!shape.equals(parameter.getShape())) {
            mismatch.misshapen(found, shape, parameter.getShape());
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
    return inFile;
  }

  /** Another network that these weights are of; none where the names are this one's own. */
  private Optional<Architecture> author(WeightsFile weights) {
    if (network.wrote(weights.shapes().keySet())) {
      return Optional.empty();
    }
    return known.stream()
        .filter(
            other -> !other.name().equals(network.name()) && other.wrote(weights.shapes().keySet()))
        .findFirst();
  }

  /** A shape as 64×3×7×7. */
  static String text(Shape shape) {
    return shape.dimension() == 0
        ? "scalar"
        : Arrays.stream(shape.getShape()).mapToObj(Long::toString).collect(Collectors.joining("×"));
  }
}
