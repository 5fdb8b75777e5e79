package dev.wsss.backbones;

import dev.wsss.api.config.Doc;
import dev.wsss.backbones.layer.BatchNormMode;
import java.nio.file.Path;
import java.util.Optional;

/** Keys of {@link ResNet18} and the deeper ones. */
@Doc("ResNet, output stride 8 or 16 by dilation, with pretrained weights.")
public record ResNetConfig(
    @Doc(
            "Pretrained weights with torchvision's names: safetensors, PyTorch's .pth, MXNet's .params"
                + " or numpy's .npz; without them training starts from scratch and batch-norm must"
                + " be trained.")
        Optional<Path> weights,
    @Doc(value = "What of batch normalisation learns.", byDefault = "frozen", origin = "authors")
        BatchNormMode batchNorm,
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
            value = "Stages that do not learn, from the input: 1 is the stem and the first stage.",
            byDefault = "0",
            unit = "stages",
            min = 0,
            max = 4,
            origin = "choice")
        int frozenStages) {

  public ResNetConfig {
    OutputStride.require(outputStride);
    PretrainedStages.check(weights, batchNorm, frozenStages);
  }
}
