package dev.wsss.backbones;

import dev.wsss.api.config.Doc;
import dev.wsss.backbones.layer.BatchNormMode;
import java.nio.file.Path;
import java.util.Optional;

/** Keys of {@link Vgg16}. */
@Doc("VGG-16 without batch norm, output stride 8 or 16, with pretrained weights.")
public record Vgg16Config(
    @Doc(
            "Pretrained weights with torchvision's names: safetensors, PyTorch's .pth, MXNet's .params"
                + " or numpy's .npz; without them training starts from scratch.")
        Optional<Path> weights,
    @Doc(
            value = "How pixels are normalised; the weights expect one way.",
            byDefault = "imagenet",
            origin = "choice")
        InputNormalisation input,
    @Doc(
            value = "Input pixels per grid cell, 8 or 16.",
            byDefault = "8",
            unit = "pixels",
            min = 8,
            max = 16,
            origin = "choice")
        int outputStride,
    @Doc(
            value =
                "Stages that do not learn, from the input, of 5 by width: 64, 128, 256, 512 and 512"
                    + " channels.",
            byDefault = "0",
            unit = "stages",
            min = 0,
            max = 5,
            origin = "choice")
        int frozenStages) {

  public Vgg16Config {
    OutputStride.require(outputStride);
    PretrainedStages.check(weights, BatchNormMode.TRAINED, frozenStages);
  }
}
