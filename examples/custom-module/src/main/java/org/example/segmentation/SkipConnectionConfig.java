package org.example.segmentation;

import dev.wsss.api.config.Doc;

/** Keys of the {@code skip-connection} head. */
@Doc("Scores of finer features and of the output, added (Long et al. 2015).")
public record SkipConnectionConfig(
    @Doc(value = "Stride of the finer features.", byDefault = "8", unit = "pixels", min = 1) int stride) {}
