package dev.wsss.eval.metric;

import dev.wsss.api.config.Doc;

/** {@link ImageMap} has nothing to configure. */
@Doc("Mean average precision of the image-level classes.")
public record ImageMapConfig() {}
