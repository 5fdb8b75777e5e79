package dev.wsss.backbones.kernel;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.tensor.ScriptedOp;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A dilated 3×3 convolution on each channel by itself, as undilated ones: with dilation d, the
 * pixels of each of the d×d phases (row mod d, column mod d) meet only each other. So the phases
 * become images of a d² times larger batch, are convolved, and go back to their places.
 *
 * <p>For training on a CPU: the engine has fast gradients for undilated depthwise convolutions only
 * (dilation 2 took five to ten times as long).
 */
final class DilatedDepthwise {
  private static final Map<Integer, ScriptedOp> BY_DILATION = new ConcurrentHashMap<>();

  private DilatedDepthwise() {}

  /** Whether it is faster for gradients than the engine's convolution. */
  static boolean pays(Window window) {
    return window.groups() > 1
        && window.kernel() == 3
        && window.stride() == 1
        && window.dilation() > 1;
  }

  private static ScriptedOp script(int dilation) {
    String body =
        """
        n = torch.size(x, 0)
        c = torch.size(x, 1)
        h = torch.size(x, 2)
        w = torch.size(x, 3)
        down = torch.remainder(torch.neg(h), D)
        right = torch.remainder(torch.neg(w), D)
        uneven = torch.gt(torch.add(down, right), 0)
        if uneven:
          whole = torch.constant_pad_nd(x, [0, right, 0, down], 0)
        else:
          whole = x
        rows = torch.floordiv(torch.add(h, down), D)
        columns = torch.floordiv(torch.add(w, right), D)
        split = torch.view(whole, [n, c, rows, D, columns, D])
        phases = torch.permute(split, [3, 5, 0, 2, 4, 1])
        batch = torch.reshape(phases, [torch.mul(n, DD), rows, columns, c])
        nchw = torch.permute(batch, [0, 3, 1, 2])
        y = torch.conv2d(nchw, weight, bias, [1, 1], [1, 1], [1, 1], c)
        apart = torch.view(torch.permute(y, [0, 2, 3, 1]), [D, D, n, rows, columns, c])
        merged = torch.permute(apart, [2, 3, 0, 4, 1, 5])
        image = torch.reshape(merged, [n, torch.mul(rows, D), torch.mul(columns, D), c])
        padded = torch.permute(image, [0, 3, 1, 2])
        if uneven:
          out = torch.slice(torch.slice(padded, 2, 0, h), 3, 0, w)
        else:
          out = padded
        return out
        """
            .replace("DD", Integer.toString(dilation * dilation))
            .replace("D", Integer.toString(dilation));
    return ScriptedOp.differentiable("dilated-depthwise", List.of("x", "weight", "bias"), body);
  }

  /**
   * @param dilation d; the padding is d too, so that the size stays
   * @param x B×C×H×W
   * @param weight C×1×3×3
   * @param bias C
   */
  static NDArray apply(int dilation, NDArray x, NDArray weight, NDArray bias) {
    return BY_DILATION.computeIfAbsent(dilation, DilatedDepthwise::script).apply(x, weight, bias);
  }
}
