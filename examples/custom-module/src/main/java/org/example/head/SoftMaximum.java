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
import dev.wsss.api.tensor.Constants;
import jakarta.inject.Inject;

/**
 * A 1×1 convolution to one map a class, whose logit is {@code (1/r)·log mean exp(r·A)}: the mean of the
 * map counts more where it is high.
 */
public final class SoftMaximum implements CamHead {
  private final float sharpness;
  private final Block block;

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
