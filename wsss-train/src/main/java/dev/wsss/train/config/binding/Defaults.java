package dev.wsss.train.config.binding;

import dev.wsss.api.config.ConfigException;
import dev.wsss.api.plugin.PluginException;
import dev.wsss.train.config.binding.ConfigNode.Entry;
import dev.wsss.train.config.binding.ConfigNode.Mapping;
import dev.wsss.train.config.binding.ConfigNode.Sequence;
import dev.wsss.train.plugin.CodeSources;
import java.util.List;
import java.util.Optional;

/** What a key holds when no file says anything. */
final class Defaults {

  private Defaults() {}

  /**
   * The default of a key: its own, or nothing inside for a list, a map or a record. An optional key
   * without a default of its own, and a required one, have none.
   *
   * @param inside where the enclosing mapping stands, for what is missing in a nested record
   */
  static Optional<ConfigNode> of(Key key, Origin inside) {
    Optional<String> own = key.constraint().byDefault();
    if (own.isPresent()) {
      Problems problems = new Problems();
      Optional<ConfigNode> node =
          new YamlReader((line, column) -> Origin.DEFAULT, problems).read(own.get());
      try {
        problems.throwIfAny();
      } catch (ConfigException e) {
        Class<?> record = key.accessor().getDeclaringClass();
        throw new PluginException(
            CodeSources.of(record)
                + ": "
                + record.getName()
                + " gives '"
                + key.name()
                + "' a default that cannot be read: "
                + e.getMessage(),
            e);
      }
      return node;
    }
    if (key.shape() instanceof Shape.ListOf) {
      return Optional.of(new Sequence(List.of(), Origin.DEFAULT));
    }
    if (key.shape() instanceof Shape.MapOf) {
      return Optional.of(Mapping.empty(Origin.DEFAULT));
    }
    return key.shape() instanceof Shape.Section
        ? Optional.of(Mapping.empty(inside))
        : Optional.empty();
  }

  /**
   * What is written, laid over the default by the rules of {@link Merge}. One of them is present.
   */
  static ConfigNode under(String key, Optional<ConfigNode> fallback, Optional<ConfigNode> written) {
    return Merge.layer(alone(key, fallback), alone(key, written)).get(key).orElseThrow();
  }

  private static Mapping alone(String key, Optional<ConfigNode> value) {
    Mapping none = Mapping.empty(Origin.DEFAULT);
    return value.map(node -> none.with(key, new Entry(node, node.origin()))).orElse(none);
  }
}
