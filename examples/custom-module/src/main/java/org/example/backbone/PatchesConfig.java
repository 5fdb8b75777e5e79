package org.example.backbone;

import dev.wsss.api.config.Doc;

/** Keys of the {@code patches} backbone. */
@Doc("One convolution over patches of the picture, as at the start of a vision transformer.")
public record PatchesConfig(
    @Doc(value = "Side of a patch.", byDefault = "8", unit = "pixels", min = 2, max = 64) int side,
    @Doc(value = "Channels of the features.", byDefault = "32", min = 1, max = 4096) int channels) {}
