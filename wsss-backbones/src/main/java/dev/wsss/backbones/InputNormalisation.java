package dev.wsss.backbones;

import dev.wsss.api.network.InputSpec;

/**
 * How pixels are normalised before they enter a backbone; pretrained weights expect one of them.
 */
public enum InputNormalisation {
  /** Mean and deviation of ImageNet, as torchvision's own weights expect. */
  IMAGENET,
  /** Values −1…1: RGB / 127.5 − 1. */
  CENTRED;

  /** The means and deviations. */
  public InputSpec spec() {
    return switch (this) {
      case IMAGENET -> InputSpec.IMAGENET;
      case CENTRED -> InputSpec.CENTRED;
    };
  }
}
