package dev.wsss.backbones.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.tensor.ScriptedOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A 1×1 convolution as one matrix product, pixels×C by C×K. With channels last it reads and writes
 * the same memory as the convolution.
 *
 * <p>For training on a CPU, where many channels come in: the engine's own gradient of the weights
 * takes up to twice as long as the matrix product. What it gives is an array of its own and not a
 * view of the products, since gradients of what overwrites a view are copied more than once.
 */
final class PointwiseProduct {
  private static final int FEWEST_CHANNELS = 1024;

  private static final String IMAGE =
      """
      n, c, h, w = torch.size(x)
      k = torch.size(weight, 0)
      rows = torch.reshape(torch.permute(x, [0, 2, 3, 1]), [-1, c])
      products = torch.mm(rows, torch.t(torch.view(weight, [k, c])))
      image = torch.permute(torch.view(products, [n, h, w, k]), [0, 3, 1, 2])
      """;
  private static final ScriptedOp UNBIASED =
      ScriptedOp.differentiable(
          "pointwise-product", List.of("x", "weight"), IMAGE + "return torch.clone(image)");
  private static final ScriptedOp BIASED =
      ScriptedOp.differentiable(
          "pointwise-product",
          List.of("x", "weight", "bias"),
          IMAGE + "return torch.add(image, torch.view(bias, [k, 1, 1]))");

  private PointwiseProduct() {}

  /**
   * Whether it is faster for gradients than the engine's convolution.
   *
   * @param weight K×C×1×1
   */
  static boolean pays(Shape weight) {
    return weight.get(1) >= FEWEST_CHANNELS;
  }

  /**
   * @param x B×C×H×W
   * @param weight K×C×1×1
   * @param bias K, or null for none
   */
  static NDArray apply(NDArray x, NDArray weight, @Nullable NDArray bias) {
    return bias == null ? UNBIASED.apply(x, weight) : BIASED.apply(x, weight, bias);
  }
}
