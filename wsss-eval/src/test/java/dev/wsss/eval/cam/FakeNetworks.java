package dev.wsss.eval.cam;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.CamHead;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.tensor.Bilinear;
import java.util.List;
import java.util.function.Function;

/** Networks of stride 4 and three classes. */
final class FakeNetworks {
  static final int STRIDE = 4;
  static final int CLASSES = 3;
  static final InputSpec INPUT = new InputSpec(List.of(100f, 110f, 120f), List.of(50f, 60f, 70f));

  private FakeNetworks() {}

  /**
   * Class k's map is colour channel k shrunk bilinearly, times 1 + k + 0.1·column: formulas that a
   * test can repeat, and other ones for a mirrored picture.
   */
  static CamNetwork formula(NDManager manager) {
    Block shrink =
        new LambdaBlock(
            in -> {
              NDArray x = in.singletonOrThrow();
              int height = cells(x.getShape().get(2));
              int width = cells(x.getShape().get(3));
              return new NDList(Bilinear.resize(x, height, width));
            });
    Block ramp = new LambdaBlock(in -> new NDList(in.get(0), ramp(in.get(0))));
    return network(manager, shrink, 3, ramp);
  }

  private static int cells(long side) {
    return (int) ((side + STRIDE - 1) / STRIDE);
  }

  private static NDArray ramp(NDArray x) {
    NDManager manager = x.getManager();
    NDArray columns = manager.arange((float) x.getShape().get(3)).mul(0.1f).add(1);
    NDArray classes = manager.arange(3f).reshape(new Shape(1, 3, 1, 1));
    return x.mul(columns.reshape(1, 1, 1, -1).add(classes));
  }

  /** Two random convolutions, with parameters that take gradients until frozen. */
  static CamNetwork convolutional(NDManager manager) {
    Block features =
        new SequentialBlock()
            .add(conv(8, 4, 4, 0))
            .add(Activation::relu)
            .add(new SequentialBlock().add(conv(8, 3, 1, 1)))
            .add(Activation::relu);
    Block maps = conv(CLASSES, 1, 1, 0);
    Block head =
        new ai.djl.nn.ParallelBlock(
            outputs -> new NDList(outputs.get(0).get(0), outputs.get(1).get(0)),
            List.of(new LambdaBlock(Function.identity()), maps));
    return network(manager, features, 8, head);
  }

  private static Block conv(int filters, int kernel, int stride, int padding) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(kernel, kernel))
        .optStride(new Shape(stride, stride))
        .optPadding(new Shape(padding, padding))
        .optBias(false)
        .build();
  }

  private static CamNetwork network(NDManager manager, Block features, int channels, Block maps) {
    Backbone backbone =
        new Backbone() {
          @Override
          public Block block() {
            return features;
          }

          @Override
          public FeatureSpec output() {
            return new FeatureSpec(channels, STRIDE);
          }

          @Override
          public InputSpec input() {
            return INPUT;
          }
        };
    CamHead head =
        new CamHead() {
          @Override
          public Block block() {
            return maps;
          }

          @Override
          public NDArray pool(NDArray raw) {
            return raw.mean(new int[] {3}).mean(new int[] {2});
          }
        };
    return new CamNetwork(manager, backbone, head, 1);
  }
}
