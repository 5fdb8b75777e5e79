package dev.wsss.backbones;

import dev.wsss.api.config.Doc;
import dev.wsss.backbones.layer.BatchNormMode;
import java.nio.file.Path;
import java.util.Optional;

/** Keys of {@link MobileNetV2}. */
@Doc("MobileNetV2, output stride 8 or 16 by dilation, with pretrained weights.")
public record MobileNetV2Config(
    @Doc(
            "Pretrained weights with torchvision's names: safetensors, PyTorch's .pth, MXNet's .params"
                + " or numpy's .npz; without them training starts from scratch and batch-norm must"
                + " be trained.")
        Optional<Path> weights,
    @Doc(value = "What of batch normalisation learns.", byDefault = "frozen", origin = "authors")
        BatchNormMode batchNorm,
    @Doc(
            value =
                "How pixels are normalised; the weights expect one way: TensorFlow's centred,"
                    + " torchvision's own imagenet.",
            byDefault = "centred",
            origin = "choice")
        InputNormalisation input,
    @Doc(
            value = "Input pixels per grid cell, 8 or 16; 8 takes longer and places finer things.",
            byDefault = "16",
            unit = "pixels",
            min = 8,
            max = 16,
            origin = "choice")
        int outputStride,
    @Doc(
            value =
                "Stages that do not learn, from the input, of 7 by width: 16, 24, 32, 64, 96, 160"
                    + " and 320 channels; 1 is the stem and the first stage.",
            byDefault = "0",
            unit = "stages",
            min = 0,
            max = 7,
            origin = "choice")
        int frozenStages) {

  public MobileNetV2Config {
    OutputStride.require(outputStride);
    PretrainedStages.check(weights, batchNorm, frozenStages);
  }
}
