package org.example.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.CamHead;
import dev.wsss.api.network.OnnxCam;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.api.tensor.Constants;
import jakarta.inject.Inject;
import java.util.List;

/**
 * A 1×1 convolution to one map a class, whose logit is {@code (1/r)·log mean exp(r·A)}: the mean of the
 * map counts more where it is high.
 */
public final class SoftMaximum implements CamHead {
  private final float sharpness;
  private final Layers block;

  @Inject
  public SoftMaximum(SoftMaximumConfig config, ClassNames classes) {
    this.sharpness = (float) config.sharpness();
    this.block = new Layers(classes.count());
  }

  @Override
  public Block block() {
    return block;
  }

  @Override
  public NDArray pool(NDArray maps) {
    Shape shape = maps.getShape();
    try (NDScope scope = new NDScope()) { // closes all but the result; the graph keeps what it needs
      scope.suppressNotUsedWarning();
      NDArray flat = Constants.mul(maps.reshape(shape.get(0), shape.get(1), -1), sharpness);
      // The largest is taken out first, so that exp cannot overflow.
      NDArray largest = flat.max(new int[] {2}, true).stopGradient();
      NDArray mean = flat.sub(largest).exp().mean(new int[] {2}, true);
      NDArray logits = Constants.mul(mean.log().add(largest).squeeze(2), 1 / sharpness);
      NDScope.unregister(logits);
      return logits;
    }
  }

  @Override
  public OnnxCam export(OnnxGraph graph, OnnxValue features) {
    var parameters = block.classifier.getDirectParameters();
    OnnxValue weight = graph.parameter(parameters.get("weight"));
    OnnxValue bias = graph.parameter(parameters.get("bias"));
    return new OnnxCam(features, graph.node("Conv", List.of(features, weight, bias)));
  }

  @Override
  public OnnxValue exportPool(OnnxGraph graph, OnnxValue maps) {
    OnnxAttribute plane = OnnxAttribute.list("axes", 2, 3);
    OnnxAttribute dropped = OnnxAttribute.of("keepdims", 0);
    OnnxValue factor = graph.number(sharpness);
    OnnxValue sharpened = graph.node("Mul", List.of(maps, factor));
    OnnxValue largest = graph.node("ReduceMax", List.of(sharpened), plane);
    OnnxValue exponential =
        graph.node("Exp", List.of(graph.node("Sub", List.of(sharpened, largest))));
    OnnxValue mean = graph.node("ReduceMean", List.of(exponential), plane, dropped);
    OnnxValue high = graph.node("ReduceMax", List.of(sharpened), plane, dropped);
    OnnxValue sum = graph.node("Add", List.of(graph.node("Log", List.of(mean)), high));
    return graph.node("Div", List.of(sum, factor));
  }

  private static final class Layers extends AbstractBlock {
    private final Conv2d classifier;

    Layers(int classes) {
      classifier =
          addChildBlock(
              "classifier",
              Conv2d.builder().setKernelShape(new Shape(1, 1)).setFilters(classes).build());
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      NDArray maps = classifier.forward(store, inputs, training).singletonOrThrow();
      return new NDList(inputs.singletonOrThrow(), maps);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
      classifier.initialize(manager, dataType, inputs);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return new Shape[] {inputs[0], classifier.getOutputShapes(inputs)[0]};
    }
  }
}
