package dev.wsss.backbones;

import ai.djl.nn.Parameter;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.InputSpec;
import dev.wsss.backbones.weights.Architecture;
import dev.wsss.backbones.weights.Pretraining;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A backbone that may start from a file of weights, and wants its pixels as these do. */
abstract class PretrainedBackbone implements Backbone {
  private final Optional<Path> weights;
  private final InputNormalisation input;
  private final Supplier<Architecture> architecture;

  /**
   * @param architecture made only where there are weights to read
   */
  PretrainedBackbone(
      Optional<Path> weights, InputNormalisation input, Supplier<Architecture> architecture) {
    this.weights = weights;
    this.input = input;
    this.architecture = architecture;
  }

  @Override
  public final InputSpec input() {
    return input.spec();
  }

  @Override
  public final boolean takesBfloat16() {
    return true;
  }

  @Override
  public final void pretrain(Map<String, Parameter> parameters) {
    weights.ifPresent(
        file ->
            new Pretraining(architecture.get(), BackbonesPlugin.architectures())
                .load(file, parameters));
  }
}
