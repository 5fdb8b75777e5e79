package dev.wsss.backbones;

import dev.wsss.api.config.Doc;
import dev.wsss.backbones.layer.BatchNormMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Keys of {@link ResNet38}. */
@Doc("ResNet-38 (model A1, wide), output stride 8 by dilation, with pretrained weights.")
public record ResNet38Config(
    @Doc(
            "Pretrained weights with the names of the common PyTorch definition (b2.conv_branch2a.weight)"
                + " or of the authors' MXNet file (res2a_branch2a_weight): MXNet's .params,"
                + " safetensors, PyTorch's .pth or numpy's .npz; without them training starts from"
                + " scratch and batch-norm must be trained.")
        Optional<Path> weights,
    @Doc(value = "What of batch normalisation learns.", byDefault = "frozen", origin = "authors")
        BatchNormMode batchNorm,
    @Doc(
            value = "How pixels are normalised; the authors' weights expect imagenet.",
            byDefault = "imagenet",
            origin = "authors")
        InputNormalisation input,
    @Doc(
            value =
                "Stages that do not learn, from the input, of 6 by channels: 128, 256, 512, 1024, 2048"
                    + " and 4096; 1 is the stem and the first stage, which the authors freeze.",
            byDefault = "0",
            unit = "stages",
            min = 0,
            max = 6,
            origin = "choice")
        int frozenStages,
    @Doc(
            value =
                "Probability with which a channel is set to zero in training, in the block to 2048 and"
                    + " in that to 4096 channels; [0, 0] is no dropout.",
            byDefault = "[0.3, 0.5]",
            origin = "authors")
        List<Double> dropout) {

  public ResNet38Config {
    dropout = List.copyOf(dropout);
    if (dropout.size() != 2 || dropout.stream().anyMatch(p -> !(p >= 0 && p < 1))) {
      throw new IllegalArgumentException(
          "dropout is "
              + dropout
              + "; allowed: two probabilities from 0 to below 1, of the block to 2048 and of that to"
              + " 4096 channels");
    }
    PretrainedStages.check(weights, batchNorm, frozenStages);
  }
}
