package dev.wsss.train.loop;

import ai.djl.ndarray.NDArray;
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
import dev.wsss.api.network.CamHead;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.InputSpec;

/** A network with one weight and one bias in its backbone and one weight in its head, all 1. */
public final class TwoWeights {

  private TwoWeights() {}

  public static CamNetwork network(NDManager manager) {
    Scale body = new Scale(true);
    Scale top = new Scale(false);
    Backbone backbone =
        new Backbone() {
          @Override
          public Block block() {
            return body;
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
    CamHead head =
        new CamHead() {
          @Override
          public Block block() {
            return top;
          }

          @Override
          public NDArray pool(NDArray maps) {
            return maps.mean(new int[] {3}).mean(new int[] {2});
          }
        };
    return new CamNetwork(manager, backbone, head, 1);
  }

  private static final class Scale extends AbstractBlock {
    private final Parameter weight;
    private final boolean hasBias;

    Scale(boolean hasBias) {
      this.hasBias = hasBias;
      weight = parameter("weight", Parameter.Type.WEIGHT);
      if (hasBias) {
        parameter("bias", Parameter.Type.BIAS);
      }
    }

    private Parameter parameter(String name, Parameter.Type type) {
      Parameter parameter = addParameter(Parameter.builder().setName(name).setType(type).build());
      parameter.setShape(new Shape(1));
      parameter.setInitializer(Initializer.ONES);
      return parameter;
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store,
        NDList inputs,
        boolean training,
        PairList<String, Object> parameters) {
      NDArray x = inputs.head();
      NDArray y = x.mul(store.getValue(weight, x.getDevice(), training));
      if (hasBias) {
        y = y.add(store.getValue(getDirectParameters().get("bias"), x.getDevice(), training));
        return new NDList(y);
      }
      return new NDList(x, y);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return inputs;
    }
  }
}
