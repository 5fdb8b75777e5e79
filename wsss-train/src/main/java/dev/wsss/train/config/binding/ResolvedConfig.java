package dev.wsss.train.config.binding;

import dev.wsss.api.config.Choice;
import dev.wsss.train.config.binding.ConfigNode.Entry;
import dev.wsss.train.config.binding.ConfigNode.Mapping;
import dev.wsss.train.config.binding.ConfigNode.Scalar;
import dev.wsss.train.config.binding.ConfigNode.Sequence;
import dev.wsss.train.plugin.Kebab;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes a bound configuration with every default and the origin of every value. */
public final class ResolvedConfig {

  private ResolvedConfig() {}

  /**
   * The whole of {@code bound} as YAML, each line with a comment that says where its value was
   * written, such as {@code # run.yaml:4:9}, {@code # -o optimiser.rate=0.1} or {@code # default}.
   *
   * <p>Loading the text gives an equal record, from any folder: paths are absolute.
   *
   * @param tree what {@code bound} was bound from
   */
  public static String describe(ConfigTree tree, Record bound) {
    Mapping root = new Mapping(section(bound, Optional.of(tree.root())), tree.root().origin());
    return YamlWriter.withOrigins(root);
  }

  /**
   * A patch with its values as they were bound, with absolute paths, so that it means the same from
   * any folder.
   *
   * @param patch under one key of its root
   * @param tree the configuration that it was laid over, with it
   * @param bound the same, bound
   */
  public static ConfigTree bound(ConfigTree patch, ConfigTree tree, Record bound) {
    Mapping whole = new Mapping(section(bound, Optional.of(tree.root())), patch.root().origin());
    Map<String, Entry> entries = new LinkedHashMap<>();
    patch
        .root()
        .entries()
        .forEach((key, entry) -> entries.put(key, replaced(entry, Optional.of(whole))));
    return new ConfigTree(new Mapping(entries, patch.root().origin()));
  }

  /** Maps are followed, everything else is taken from what was bound, where it is there. */
  private static Entry replaced(Entry written, Optional<ConfigNode> bound) {
    if (written.value() instanceof Mapping mapping) {
      Map<String, Entry> entries = new LinkedHashMap<>();
      mapping
          .entries()
          .forEach((name, entry) -> entries.put(name, replaced(entry, child(bound, name))));
      return new Entry(new Mapping(entries, mapping.origin()), written.keyOrigin());
    }
    return bound
        .filter(node -> !written.value().isNull() && !(node instanceof Mapping))
        .map(node -> new Entry(node, written.keyOrigin()))
        .orElse(written);
  }

  private static Map<String, Entry> section(Record record, Optional<? extends ConfigNode> written) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Key key : Key.of(record.getClass())) {
      Object value = key.of(record);
      if (key.inline()) {
        module((Choice<?>) value, written).forEach(entries::putIfAbsent);
      } else if (!value.equals(Optional.empty())) {
        put(entries, key.name(), node(key.shape(), value, child(written, key.name())));
      }
    }
    return entries;
  }

  private static ConfigNode node(Shape shape, Object value, Optional<ConfigNode> written) {
    Origin origin = written.map(ConfigNode::origin).orElse(Origin.DEFAULT);
    if (shape instanceof Shape.Maybe maybe) {
      return node(maybe.value(), ((Optional<?>) value).orElseThrow(), written);
    }
    if (shape instanceof Shape.ListOf list) {
      return new Sequence(items(list, (List<?>) value, written), origin);
    }
    if (shape instanceof Shape.MapOf map) {
      return new Mapping(named(map, (Map<?, ?>) value, written), origin);
    }
    if (shape instanceof Shape.Section) {
      return new Mapping(section((Record) value, written), origin);
    }
    if (shape instanceof Shape.Module) {
      return new Mapping(module((Choice<?>) value, written), origin);
    }
    if (value instanceof ConfigTree tree) {
      return tree.root();
    }
    return scalar(value, origin);
  }

  private static Map<String, Entry> module(
      Choice<?> choice, Optional<? extends ConfigNode> written) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    Origin origin =
        written
            .<ConfigNode>map(node -> node)
            .filter(Scalar.class::isInstance) // the type alone
            .or(() -> child(written, "type"))
            .map(ConfigNode::origin)
            .orElse(Origin.DEFAULT);
    put(entries, "type", new Scalar(Scalar.Kind.TEXT, choice.type(), origin));
    section(choice.config(), written).forEach(entries::putIfAbsent);
    return entries;
  }

  private static Map<String, Entry> named(
      Shape.MapOf shape, Map<?, ?> values, Optional<ConfigNode> written) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    values.forEach(
        (name, value) ->
            put(
                entries,
                String.valueOf(name),
                node(shape.value(), value, child(written, String.valueOf(name)))));
    // A name that was removed stays removed when the text is laid over the default again.
    if (written.orElse(null) instanceof Mapping mapping) {
      mapping
          .entries()
          .forEach(
              (name, entry) -> {
                if (entry.value().isNull()) {
                  entries.putIfAbsent(name, entry);
                }
              });
    }
    return entries;
  }

  private static List<ConfigNode> items(
      Shape.ListOf shape, List<?> values, Optional<ConfigNode> written) {
    List<ConfigNode> items = new ArrayList<>();
    for (Object value : values) {
      int index = items.size();
      items.add(node(shape.element(), value, written.flatMap(node -> item(node, index))));
    }
    return items;
  }

  private static Scalar scalar(Object value, Origin origin) {
    if (value instanceof Boolean) {
      return new Scalar(Scalar.Kind.FLAG, value.toString(), origin);
    }
    if (value instanceof Integer || value instanceof Long) {
      return new Scalar(Scalar.Kind.WHOLE, value.toString(), origin);
    }
    if (value instanceof Number) {
      String text = value.toString().replace(".0E", "E").toLowerCase(Locale.ROOT);
      return new Scalar(Scalar.Kind.REAL, text, origin);
    }
    String text = value instanceof Enum<?> e ? Kebab.of(e.name()) : value.toString();
    return new Scalar(Scalar.Kind.TEXT, text, origin);
  }

  private static Optional<ConfigNode> child(Optional<? extends ConfigNode> written, String key) {
    return written.filter(Mapping.class::isInstance).flatMap(node -> ((Mapping) node).get(key));
  }

  private static Optional<ConfigNode> item(ConfigNode written, int index) {
    return written instanceof Sequence sequence && index < sequence.items().size()
        ? Optional.of(sequence.items().get(index))
        : Optional.empty();
  }

  private static void put(Map<String, Entry> entries, String key, ConfigNode value) {
    entries.put(key, new Entry(value, value.origin()));
  }
}
