package dev.wsss.backbones;

import dev.wsss.api.config.Doc;
import java.nio.file.Path;
import java.util.Optional;

/** Keys of {@link VisionTransformer.Clip}. */
@Doc(
    "CLIP's ViT-B/16 without its class token: patches in the space that pictures share with texts.")
public record ClipVisionTransformerConfig(
    @Doc(
            "CLIP's weights with timm's names (vit_base_patch16_clip_224): PyTorch's .pth, safetensors"
                + " or numpy's .npz.")
        Optional<Path> weights,
    @Doc(
            value =
                "Blocks that do not learn, from the input, of 12; 1 is the embedding with its"
                    + " positions and the first block, 12 the whole encoder with its projection.",
            byDefault = "12",
            unit = "blocks",
            min = 0,
            max = 12,
            origin = "choice")
        int frozenStages,
    @Doc(
            value =
                "Whether patches attend to each other in the last block, as in CLIP, or each to"
                    + " itself, as in MaskCLIP, which keeps its meaning at its place.",
            byDefault = "false",
            origin = "choice")
        boolean lastAttention) {

  public ClipVisionTransformerConfig {
    PretrainedStages.checkFrozen(weights, frozenStages);
  }
}
