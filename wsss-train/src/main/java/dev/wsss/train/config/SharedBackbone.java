package dev.wsss.train.config;

import dev.wsss.train.config.binding.ConfigTree;
import java.util.Set;

/**
 * Gives networks of later stages the backbone of the first one, weights included, where they name
 * none: so that it is said once.
 */
final class SharedBackbone {
  private static final String SHARED = "network.backbone";
  private static final String REFINERS = "pseudo-labels.refine";

  /** The refiner with a network of its own. */
  private static final String WALK = "random-walk";

  private SharedBackbone() {}

  static ConfigTree in(ConfigTree tree) {
    ConfigTree filled = tree;
    if (tree.find("segmentation").isPresent()) {
      filled = filled.withCopy(SHARED, "segmentation.network.backbone");
    }
    for (String name : tree.find(REFINERS).map(ConfigTree::keys).orElse(Set.of())) {
      String key = REFINERS + "." + name;
      if (tree.text(key + ".type").orElse(name).equals(WALK) && tree.find(key).isPresent()) {
        filled = filled.withCopy(SHARED, key + ".backbone");
      }
    }
    return filled;
  }
}
