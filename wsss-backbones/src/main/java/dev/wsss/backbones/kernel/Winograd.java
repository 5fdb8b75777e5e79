package dev.wsss.backbones.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.tensor.CpuInfo;
import dev.wsss.api.tensor.HiddenCaches;
import dev.wsss.api.tensor.ScriptedOp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A 3×3 convolution of stride 1 with 2.25 times fewer multiplications: F(2×2, 3×3) of Lavin and
 * Gray, "Fast Algorithms for Convolutional Neural Networks" (2015).
 *
 * <p>Every 2×2 outputs come from a tile of 4×4 inputs: {@code Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A}. With the
 * channels summed up, the product is one matrix product for each of the tile's 16 places. As a
 * matrix on the flattened tile each transform is a Kronecker product. With dilation d, tiles are
 * taken of each of the d×d phases (row mod d, column mod d), which meet only each other. All steps
 * are linear, so the engine's own gradient is as cheap.
 *
 * <p>Pays where channels are many: the transforms cost as much as some 100 of them, and as several
 * hundred where the engine's own convolution has AVX-512.
 */
final class Winograd {
  private static final int FEWEST_CHANNELS = 128;

  /** Channels times filters, with AVX-512: gradients of 512 to 1024 pay, of 512 to 512 not. */
  private static final long FEWEST_PAIRS = 512 * 1024;

  private static final boolean WIDE = !HiddenCaches.avoid() && CpuInfo.here().isWide();

  private static final double[][] INPUT = {
    {1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}
  };
  private static final double[][] WEIGHT = {{1, 0, 0}, {.5, .5, .5}, {.5, -.5, .5}, {0, 0, 1}};
  private static final double[][] OUTPUT = {{1, 1, 1, 0}, {0, 1, -1, -1}};

  private static final Map<Integer, ScriptedOp> BY_DILATION = new ConcurrentHashMap<>();

  private Winograd() {}

  /**
   * Whether it is faster than the engine's convolution.
   *
   * @param weight K×C×3×3
   * @param training whether gradients will be asked for
   */
  static boolean pays(Window window, Shape weight, boolean training) {
    return window.groups() == 1
        && window.kernel() == 3
        && window.stride() == 1
        && areMany(weight.get(0), weight.get(1), training);
  }

  private static boolean areMany(long filters, long channels, boolean training) {
    return WIDE
        ? training && filters * channels >= FEWEST_PAIRS
        : Math.min(filters, channels) >= FEWEST_CHANNELS;
  }

  private static ScriptedOp script(int dilation) {
    String body =
        """
        n, c, h, w = torch.size(x)
        k = torch.size(weight, 0)
        rows = torch.floordiv(torch.add(h, 2 * D - 1), 2 * D)
        columns = torch.floordiv(torch.add(w, 2 * D - 1), 2 * D)
        down = torch.sub(torch.mul(rows, 2 * D), h)
        right = torch.sub(torch.mul(columns, 2 * D), w)
        nhwc = torch.permute(x, [0, 2, 3, 1])
        whole = torch.constant_pad_nd(nhwc, [0, 0, D, torch.add(right, D), D, torch.add(down, D)], 0)
        phases = torch.view(whole, [n, -1, D, torch.add(torch.mul(columns, 2), 2), D, c])
        tiles = torch.unfold(torch.unfold(phases, 1, 4, 2), 3, 4, 2)
        flat = torch.reshape(torch.permute(tiles, [6, 7, 0, 1, 2, 3, 4, 5]), [16, -1])
        inputs = torch.view(torch.mm(torch.tensor(INPUT), flat), [16, -1, c])
        taps = torch.reshape(torch.permute(weight, [2, 3, 1, 0]), [9, -1])
        weights = torch.view(torch.mm(torch.tensor(WEIGHT), taps), [16, c, k])
        products = torch.view(torch.bmm(inputs, weights), [16, -1])
        outputs = torch.view(torch.mm(torch.tensor(OUTPUT), products), [2, 2, n, rows, D, columns, D, k])
        placed = torch.permute(outputs, [2, 3, 0, 4, 5, 1, 6, 7])
        image = torch.reshape(placed, [n, torch.add(h, down), torch.add(w, right), k])
        cut = torch.slice(torch.slice(image, 1, 0, h), 2, 0, w)
        return torch.add(torch.permute(cut, [0, 3, 1, 2]), torch.view(bias, [k, 1, 1]))
        """
            .replace("2 * D - 1", Integer.toString(2 * dilation - 1))
            .replace("2 * D", Integer.toString(2 * dilation))
            .replaceAll("\\bD\\b", Integer.toString(dilation))
            .replace("INPUT", onTiles(INPUT))
            .replace("WEIGHT", onTiles(WEIGHT))
            .replace("OUTPUT", onTiles(OUTPUT));
    return ScriptedOp.differentiable("winograd", List.of("x", "weight", "bias"), body);
  }

  /** The Kronecker product of a matrix with itself: it transforms rows and columns of a tile. */
  private static String onTiles(double[][] matrix) {
    return Arrays.stream(matrix)
        .flatMap(a -> Arrays.stream(matrix).map(b -> row(a, b)))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String row(double[] a, double[] b) {
    return Arrays.stream(a)
        .boxed()
        .flatMap(x -> Arrays.stream(b).mapToObj(y -> Double.toString(x * y + 0.0)))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /**
   * @param dilation d; the padding is d too, so that the size stays
   * @param x B×C×H×W
   * @param weight K×C×3×3
   * @param bias K
   */
  static NDArray apply(int dilation, NDArray x, NDArray weight, NDArray bias) {
    return BY_DILATION.computeIfAbsent(dilation, Winograd::script).apply(x, weight, bias);
  }
}
