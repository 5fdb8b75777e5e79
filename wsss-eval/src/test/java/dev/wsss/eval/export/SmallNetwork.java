package dev.wsss.eval.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.CamHead;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.network.OnnxCam;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import java.util.List;
import java.util.function.Function;

/** A random convolution of stride 4 and a head of five classes, which write their nodes. */
final class SmallNetwork {
  static final int CLASSES = 5;
  private static final int CHANNELS = 6;

  private SmallNetwork() {}

  static CamNetwork of(NDManager manager) {
    return new CamNetwork(manager, new OneConvolution(), new Head(), 3);
  }

  private static Conv2d convolution(int filters, int side, int stride, int padding) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(side, side))
        .optStride(new Shape(stride, stride))
        .optPadding(new Shape(padding, padding))
        .build();
  }

  private static List<OnnxValue> inputs(OnnxGraph graph, OnnxValue input, Conv2d convolution) {
    var parameters = convolution.getDirectParameters();
    return List.of(
        input, graph.parameter(parameters.get("weight")), graph.parameter(parameters.get("bias")));
  }

  private static final class OneConvolution implements Backbone {
    private final Conv2d convolution = convolution(CHANNELS, 5, 4, 2);
    private final Block block = new SequentialBlock().add(convolution).add(Activation.reluBlock());

    @Override
    public Block block() {
      return block;
    }

    @Override
    public FeatureSpec output() {
      return new FeatureSpec(CHANNELS, 4);
    }

    @Override
    public InputSpec input() {
      return new InputSpec(List.of(100f, 110f, 120f), List.of(50f, 60f, 70f));
    }

    @Override
    public OnnxValue export(OnnxGraph graph, OnnxValue images) {
      OnnxValue convolved =
          graph.node(
              "Conv",
              inputs(graph, images, convolution),
              OnnxAttribute.list("strides", 4, 4),
              OnnxAttribute.list("pads", 2, 2, 2, 2));
      return graph.node("Relu", List.of(convolved));
    }
  }

  private static final class Head implements CamHead {
    private final Conv2d convolution = convolution(CLASSES, 1, 1, 0);
    private final Block block =
        new ParallelBlock(
            outputs -> new NDList(outputs.get(0).get(0), outputs.get(1).get(0)),
            List.of(new LambdaBlock(Function.identity()), convolution));

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
      return new OnnxCam(features, graph.node("Conv", inputs(graph, features, convolution)));
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
}
