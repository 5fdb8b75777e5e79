package dev.wsss.api.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.CamHead;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.network.OnnxCam;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The other half of a network, where a contract looks at one half. */
final class Fixtures {

  private Fixtures() {}

  /** Standard normal noise that depends on the seed only. */
  static NDArray noise(NDManager manager, Shape shape, long seed) {
    Random random = new Random(seed);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, shape);
  }

  /** The gradient of each parameter that takes one, as text, so that NaN equals itself. */
  static Map<String, String> gradients(CamNetwork network) {
    Map<String, String> gradients = new LinkedHashMap<>();
    network
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (parameter.requiresGradient()) {
                float[] values = parameter.getArray().getGradient().toFloatArray();
                gradients.put(name, Arrays.toString(values));
              }
            });
    return gradients;
  }

  /** A head without parameters, whose maps are the features themselves. */
  static final class NoHead implements CamHead {
    private final Block block = new Repeat(2);

    @Override
    public Block block() {
      return block;
    }

    @Override
    public NDArray pool(NDArray maps) {
      return maps.mean(new int[] {3}).mean(new int[] {2});
    }

    @Override
    public OnnxCam export(OnnxGraph graph, OnnxValue features) {
      return new OnnxCam(features, features);
    }

    @Override
    public OnnxValue exportPool(OnnxGraph graph, OnnxValue maps) {
      return graph.node(
          "ReduceMean",
          List.of(maps),
          OnnxAttribute.list("axes", 2, 3),
          OnnxAttribute.of("keepdims", 0));
    }
  }

  /** A backbone without parameters, whose features are the picture's three channels. */
  static final class NoBackbone implements Backbone {
    private final Block block = new Repeat(1);

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

    @Override
    public OnnxValue export(OnnxGraph graph, OnnxValue images) {
      return images;
    }
  }

  /** Gives its input once or twice. */
  private static final class Repeat extends AbstractBlock {
    private final int times;

    Repeat(int times) {
      this.times = times;
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      NDList outputs = new NDList();
      for (int i = 0; i < times; i++) {
        outputs.add(inputs.singletonOrThrow());
      }
      return outputs;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      Shape[] outputs = new Shape[times];
      Arrays.fill(outputs, inputs[0]);
      return outputs;
    }
  }
}
