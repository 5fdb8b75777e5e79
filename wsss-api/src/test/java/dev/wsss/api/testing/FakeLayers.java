package dev.wsss.api.testing;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import dev.wsss.api.network.OwnLayers;
import dev.wsss.api.tensor.FusedUpdates;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What a training does with a module's own layers, so far as tests need it. */
final class FakeLayers {

  private FakeLayers() {}

  /** Gives {@code to}, of the same configuration, the values of {@code from}. */
  static void copy(OwnLayers from, OwnLayers to) {
    Map<String, Parameter> values = from.parameters();
    to.parameters()
        .forEach(
            (name, parameter) ->
                FusedUpdates.copy(
                    new NDList(parameter.getArray()),
                    new NDList(Objects.requireNonNull(values.get(name)).getArray())));
  }

  /** The gradients that the layers have collected, by parameter. */
  static Map<String, float[]> gradient(OwnLayers layers) {
    Map<String, float[]> gradients = new LinkedHashMap<>();
    layers
        .parameters()
        .forEach(
            (name, parameter) ->
                gradients.put(name, parameter.getArray().getGradient().toFloatArray()));
    return gradients;
  }
}
