package dev.wsss.train.config.binding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An immutable piece of YAML that knows where it was written. */
sealed interface ConfigNode {

  Origin origin();

  /** The value alone, comparable by {@code equals} whatever the origins and the order of keys. */
  Object content();

  /** What stands here, as error messages say it. */
  String found();

  /** Whether this is {@code null}, which in a mapping means that the key is absent. */
  default boolean isNull() {
    return this instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NULL;
  }

  /**
   * A single value.
   *
   * @param text as written, without quotes
   */
  record Scalar(Kind kind, String text, Origin origin) implements ConfigNode {
    private static final int LONGEST_SHOWN = 200;

    enum Kind {
      NULL,
      FLAG,
      WHOLE,
      REAL,
      TEXT
    }

    @Override
    public Object content() {
      return kind == Kind.NULL ? Kind.NULL : List.of(kind, text);
    }

    @Override
    public String found() {
      return switch (kind) {
        case NULL -> "null";
        case TEXT -> "'" + Shortened.of(text, LONGEST_SHOWN) + "'";
        case FLAG, WHOLE, REAL -> text;
      };
    }
  }

  /** A list. */
  record Sequence(List<ConfigNode> items, Origin origin) implements ConfigNode {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public Object content() {
      return items.stream().map(ConfigNode::content).toList();
    }

    @Override
    public String found() {
      return "a list";
    }
  }

  /** A mapping, in the order in which its keys were written. */
  record Mapping(Map<String, Entry> entries, Origin origin) implements ConfigNode {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    static Mapping empty(Origin origin) {
      return new Mapping(Map.of(), origin);
    }

    /** The value of a key; empty where the key is absent or null. */
    Optional<ConfigNode> get(String key) {
      return Optional.ofNullable(entries.get(key))
          .map(Entry::value)
          .filter(value -> !value.isNull());
    }

    /** The text of a scalar key; empty where the key is absent or something else. */
    Optional<String> text(String key) {
      return get(key).filter(Scalar.class::isInstance).map(value -> ((Scalar) value).text());
    }

    Mapping without(Set<String> keys) {
      Map<String, Entry> rest = new LinkedHashMap<>(entries);
      rest.keySet().removeAll(keys);
      return new Mapping(rest, origin);
    }

    Mapping only(Set<String> keys) {
      Map<String, Entry> rest = new LinkedHashMap<>(entries);
      rest.keySet().retainAll(keys);
      return new Mapping(rest, origin);
    }

    Mapping with(String key, Entry entry) {
      Map<String, Entry> more = new LinkedHashMap<>(entries);
      more.put(key, entry);
      return new Mapping(more, origin);
    }

    @Override
    public Object content() {
      Map<String, Object> content = new LinkedHashMap<>();
      entries.forEach((key, entry) -> content.put(key, entry.value().content()));
      return content;
    }

    @Override
    public String found() {
      return "a mapping";
    }
  }

  /**
   * A key's value.
   *
   * @param keyOrigin where the key itself stands
   */
  record Entry(ConfigNode value, Origin keyOrigin) {}
}
