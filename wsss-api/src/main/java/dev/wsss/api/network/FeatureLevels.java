package dev.wsss.api.network;

import java.util.List;

/**
 * The features that a backbone shows.
 *
 * @param levels those on the way, finest first; see {@link Backbone#levels()}
 * @param output the last ones
 */
public record FeatureLevels(List<FeatureSpec> levels, FeatureSpec output) {

  public FeatureLevels {
    levels = List.copyOf(levels);
  }

  /** What {@code backbone} shows. */
  public static FeatureLevels of(Backbone backbone) {
    return new FeatureLevels(backbone.levels(), backbone.output());
  }
}
