package dev.wsss.api.testing;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.InputSpec;

/**
 * A network of two-valued parameters without influence, declared in a chosen order: {@code mean} is
 * a running statistic, all others are weights. Its features are the picture's channels.
 */
public final class FakeNetwork {

  private FakeNetwork() {}

  /** Parameters {@code backbone.NAME}, all 1. */
  public static CamNetwork of(NDManager manager, String... names) {
    Block block = new Named(names);
    Backbone backbone =
        new Backbone() {
          @Override
          public Block block() {
            return block;
          }

          @Override
          public FeatureSpec output() {
            return new FeatureSpec(3, 1);
          }

          @Override
          public InputSpec input() {
            return InputSpec.CENTRED;
          }
        };
    return new CamNetwork(manager, backbone, new Fixtures.NoHead(), 1);
  }

  private static final class Named extends AbstractBlock {

    Named(String... names) {
      for (String name : names) {
        Parameter.Type type =
            name.equals("mean") ? Parameter.Type.RUNNING_MEAN : Parameter.Type.WEIGHT;
        Parameter parameter = addParameter(Parameter.builder().setName(name).setType(type).build());
        parameter.setShape(new Shape(2));
        parameter.setInitializer(Initializer.ONES);
      }
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      return inputs;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return inputs;
    }
  }
}
