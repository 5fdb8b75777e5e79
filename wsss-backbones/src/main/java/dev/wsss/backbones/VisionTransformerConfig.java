package dev.wsss.backbones;

import dev.wsss.api.config.Doc;
import java.nio.file.Path;
import java.util.Optional;

/** Keys of {@link VisionTransformer}. */
@Doc("A vision transformer, patches of 16 pixels, with pretrained weights.")
public record VisionTransformerConfig(
    @Doc(
            "Pretrained weights with DeiT's and timm's names, of pictures of 224 pixels: PyTorch's .pth,"
                + " safetensors, MXNet's .params or numpy's .npz; without them training starts from"
                + " scratch, for which transformers need far more pictures than convolutions.")
        Optional<Path> weights,
    @Doc(
            value =
                "How pixels are normalised; the weights expect one way: DeiT's imagenet, those that"
                    + " Google trained centred.",
            byDefault = "imagenet",
            origin = "choice")
        InputNormalisation input,
    @Doc(
            value =
                "Blocks that do not learn, from the input, of 12; 1 is the embedding with its"
                    + " positions and the first block.",
            byDefault = "0",
            unit = "blocks",
            min = 0,
            max = 12,
            origin = "choice")
        int frozenStages) {

  public VisionTransformerConfig {
    PretrainedStages.checkFrozen(weights, frozenStages);
  }
}
