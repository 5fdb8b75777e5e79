package dev.wsss.eval.metric;

/** {@link ImageMap} has nothing to configure. */
public record ImageMapConfig() {}
