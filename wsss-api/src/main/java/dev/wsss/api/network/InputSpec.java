package dev.wsss.api.network;

import java.util.List;

/**
 * How a network wants its pixels: {@code (value − mean) / deviation} per channel, values 0…255,
 * RGB.
 *
 * @param mean three means
 * @param deviation three deviations, above zero
 */
public record InputSpec(List<Float> mean, List<Float> deviation) {

  /** Mean and deviation of ImageNet, as torchvision's weights expect. */
  public static final InputSpec IMAGENET =
      new InputSpec(
          List.of(0.485f * 255, 0.456f * 255, 0.406f * 255),
          List.of(0.229f * 255, 0.224f * 255, 0.225f * 255));

  /** Values −1…1: RGB / 127.5 − 1. */
  public static final InputSpec CENTRED =
      new InputSpec(List.of(127.5f, 127.5f, 127.5f), List.of(127.5f, 127.5f, 127.5f));

  public InputSpec {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.size() != 3 || deviation.size() != 3 || deviation.stream().anyMatch(d -> d <= 0)) {
      throw new IllegalArgumentException(
          "three means and three deviations above zero, not " + mean + " and " + deviation);
    }
  }
}
