package dev.wsss.train.config;

import dev.wsss.api.config.ConfigException;
import dev.wsss.api.config.Spelling;
import dev.wsss.train.config.binding.ConfigTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The block {@code first}: a training before the configuration's own, which is that configuration
 * with the block laid over it. Both have the same networks and pictures, so that the second can
 * start where the first ends.
 */
final class FirstTraining {
  static final String KEY = "first";

  private static final List<String> ALLOWED =
      List.of(
          "augmentation",
          "self-supervision",
          "teacher",
          "optimiser",
          "classification-loss",
          "training",
          "listeners");

  private FirstTraining() {}

  /**
   * The configuration of the first training; empty where there is none.
   *
   * @throws ConfigException if the block is no mapping, or changes what both share
   */
  static Optional<ConfigTree> in(ConfigTree tree) {
    if (!tree.keys().contains(KEY)) {
      return Optional.empty();
    }
    ConfigTree patch = tree.subtree(KEY);
    List<String> problems = new ArrayList<>();
    for (String key : patch.keys()) {
      if (!ALLOWED.contains(key)) {
        problems.add(
            "%s: first.%s is not for a first training, which has networks, pictures and all that comes after training from the rest; allowed are %s%s"
                .formatted(
                    tree.origin(KEY + "." + key).orElse(""),
                    key,
                    String.join(", ", ALLOWED),
                    Spelling.suggestion(key, ALLOWED)));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return Optional.of(tree.without(KEY).merge(patch));
  }
}
