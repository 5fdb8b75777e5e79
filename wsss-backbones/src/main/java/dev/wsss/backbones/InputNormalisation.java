package dev.wsss.backbones;

import dev.wsss.api.network.InputSpec;
import java.util.List;

/**
 * How pixels are normalised before they enter a backbone; pretrained weights expect one of them.
 */
public enum InputNormalisation {
  /** Mean and deviation of ImageNet, as torchvision's own weights expect. */
  IMAGENET,
  /** Values −1…1: RGB / 127.5 − 1. */
  CENTRED,
  /** Mean and deviation of the pictures that CLIP was trained on. */
  CLIP;

  private static final InputSpec OF_CLIP =
      new InputSpec(
          List.of(0.48145467f * 255, 0.4578275f * 255, 0.40821072f * 255),
          List.of(0.26862955f * 255, 0.2613026f * 255, 0.2757771f * 255));

  /** The means and deviations. */
  public InputSpec spec() {
    return switch (this) {
      case IMAGENET -> InputSpec.IMAGENET;
      case CENTRED -> InputSpec.CENTRED;
      case CLIP -> OF_CLIP;
    };
  }
}
