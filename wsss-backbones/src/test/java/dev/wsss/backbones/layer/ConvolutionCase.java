package dev.wsss.backbones.layer;

import dev.wsss.backbones.kernel.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * One convolution of the guard's grid.
 *
 * @param layers what stands behind it
 * @param channelsLast the memory order of its input
 */
record ConvolutionCase(
    int batch,
    int channels,
    int filters,
    int height,
    int width,
    Window window,
    Layers layers,
    boolean channelsLast) {

  /** What stands behind the convolution. */
  enum Layers {
    ALONE,
    /** Batch norm of fixed statistics and ReLU6, which are joined with it. */
    NORM_AND_RELU6
  }

  private static final int[] CHANNELS = {3, 4, 8, 12, 15, 16, 20, 24, 32};
  private static final int LARGEST_BATCH = 9;

  /** Every shape that layers of the backbones may take, and their neighbours. */
  static List<ConvolutionCase> grid() {
    List<ConvolutionCase> grid = new ArrayList<>();
    for (int batch = 1; batch <= LARGEST_BATCH; batch++) {
      for (int channels : CHANNELS) {
        for (int stride = 1; stride <= 2; stride++) {
          add(grid, batch, channels, 8, new Window(1, stride, 1, 1));
          add(grid, batch, channels, 8, new Window(3, stride, 1, 1));
          add(grid, batch, channels, channels, new Window(3, stride, 1, channels));
        }
        add(grid, batch, channels, 8, new Window(3, 1, 2, 1));
        add(grid, batch, channels, channels, new Window(3, 1, 2, channels));
      }
    }
    for (int batch = 1; batch <= LARGEST_BATCH; batch += 2) { // as many as Winograd needs
      add(grid, batch, 128, 128, new Window(3, 1, 1, 1));
      add(grid, batch, 128, 128, new Window(3, 1, 2, 1));
    }
    return grid;
  }

  private static void add(
      List<ConvolutionCase> grid, int batch, int channels, int filters, Window window) {
    // The fault that this grid was made for needs 16×16 pixels, and an even size.
    int height = window.stride() == 1 ? 7 : 16;
    int width = window.stride() == 1 ? 6 : 16;
    for (Layers layers : Layers.values()) {
      for (boolean channelsLast : new boolean[] {false, true}) {
        grid.add(
            new ConvolutionCase(
                batch, channels, filters, height, width, window, layers, channelsLast));
      }
    }
  }

  int outHeight() {
    return (int) window.outputs(height);
  }

  int outWidth() {
    return (int) window.outputs(width);
  }

  boolean isNormalised() {
    return layers == Layers.NORM_AND_RELU6;
  }

  /** The largest output. */
  double limit() {
    return 6;
  }

  @Override
  public String toString() {
    return "%d×%d×%d×%d %s → %d channels by %d×%d, stride %d, dilation %d, %s, %s"
        .formatted(
            batch,
            channels,
            height,
            width,
            channelsLast ? "channels last" : "plain layout",
            filters,
            window.kernel(),
            window.kernel(),
            window.stride(),
            window.dilation(),
            window.groups() == 1 ? "dense" : "depthwise",
            isNormalised() ? "joined with batch norm and ReLU6" : "alone");
  }
}
