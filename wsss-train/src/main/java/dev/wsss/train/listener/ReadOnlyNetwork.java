package dev.wsss.train.listener;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import dev.wsss.api.config.Spelling;
import dev.wsss.api.listener.NetworkView;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.network.InputSpec;
import java.util.Set;

/** Shows a network and lets nobody change it. */
public record ReadOnlyNetwork(CamNetwork network) implements NetworkView {

  @Override
  public Set<String> parameters() {
    return network.parameters().keySet();
  }

  @Override
  public float[] values(String parameter) {
    Parameter found = network.parameters().get(parameter);
    if (found == null) {
      throw new IllegalArgumentException(
          "the network has no parameter '"
              + parameter
              + "'"
              + Spelling.suggestion(parameter, parameters()));
    }
    return found.getArray().toFloatArray();
  }

  @Override
  public InputSpec input() {
    return network.input();
  }

  @Override
  public CamOutput evaluate(NDArray images) {
    return network.withoutGradients(() -> network.evaluate(images));
  }

  @Override
  public NDArray logits(NDArray maps) {
    return network.withoutGradients(() -> network.logits(maps));
  }
}
