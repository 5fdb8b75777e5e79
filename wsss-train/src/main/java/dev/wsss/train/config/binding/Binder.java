package dev.wsss.train.config.binding;

import dev.wsss.api.config.Choice;
import dev.wsss.api.config.Spelling;
import dev.wsss.api.plugin.RegisteredModule;
import dev.wsss.train.config.binding.ConfigNode.Entry;
import dev.wsss.train.config.binding.ConfigNode.Mapping;
import dev.wsss.train.config.binding.ConfigNode.Scalar;
import dev.wsss.train.config.binding.ConfigNode.Sequence;
import dev.wsss.train.plugin.Kebab;
import dev.wsss.train.plugin.Spi;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Binds mappings to records, strictly. Every method reports its problems and then returns empty, so
 * that all of them are found in one go.
 */
final class Binder {
  private final ModuleFinder modules;
  private final Problems problems;
  private final ScalarBinder scalars;

  Binder(ModuleFinder modules, Problems problems) {
    this.modules = modules;
    this.problems = problems;
    this.scalars = new ScalarBinder(problems);
  }

  /**
   * Where a value is bound.
   *
   * @param path dotted
   * @param slot the key in a map of named values, which is a module's type by default
   */
  private record Place(String path, Optional<String> slot, Origin keyOrigin) {
    Place key(String name, Origin origin) {
      return new Place(Dotted.join(path, name), Optional.empty(), origin);
    }

    Place slot(String name, Origin origin) {
      return new Place(Dotted.join(path, name), Optional.of(name), origin);
    }
  }

  <C extends Record> Optional<C> bind(Mapping root, Class<C> type) {
    return section(type, root, new Place("", Optional.empty(), root.origin()), Set.of())
        .map(type::cast);
  }

  /** Binds a record. {@code beside} are keys of the same mapping that were bound already. */
  private Optional<Object> section(
      Class<? extends Record> type, Mapping mapping, Place place, Set<String> beside) {
    List<Key> keys = Key.of(type);
    Set<String> own = new LinkedHashSet<>(Key.names(keys));
    Optional<Key> inline = Key.inlineOf(keys);
    if (inline.isEmpty()) {
      Set<String> allowed = new LinkedHashSet<>(own);
      allowed.addAll(beside);
      refuseUnknown(mapping, own, allowed, place);
    }
    List<Object> values = new ArrayList<>();
    for (Key key : keys) {
      Optional<Object> value =
          key.inline()
              ? module(((Shape.Module) key.shape()).spi(), mapping.without(own), place, own)
              : component(key, mapping, place);
      value.ifPresent(values::add);
    }
    return values.size() == keys.size()
        ? Records.create(type, values, mapping.origin(), place.path(), problems)
        : Optional.empty();
  }

  private void refuseUnknown(Mapping mapping, Set<String> own, Set<String> allowed, Place place) {
    String list = allowed.isEmpty() ? "; there are none here" : "; allowed are " + join(allowed);
    mapping
        .entries()
        .forEach(
            (name, entry) -> {
              if (!own.contains(name)) {
                problems.add(
                    entry.keyOrigin(),
                    Dotted.join(place.path(), name),
                    "unknown key",
                    list,
                    () -> Spelling.suggestion(name, allowed));
              }
            });
  }

  private static String join(Set<String> names) {
    return String.join(", ", names);
  }

  private Optional<Object> component(Key key, Mapping mapping, Place place) {
    Optional<ConfigNode> written = mapping.get(key.name());
    Optional<ConfigNode> fallback = Defaults.of(key, mapping.origin());
    if (written.isEmpty() && fallback.isEmpty()) {
      if (key.shape() instanceof Shape.Maybe) {
        return Optional.of(Optional.empty());
      }
      String text = key.constraint().text();
      problems.add(
          mapping.origin(),
          Dotted.join(place.path(), key.name()),
          "missing; required is "
              + Allowed.phrase(key.shape(), key.constraint())
              + (text.isEmpty() ? "" : ": " + text));
      return Optional.empty();
    }
    ConfigNode node = Defaults.under(key.name(), fallback, written);
    Entry entry = mapping.entries().get(key.name());
    Origin keyOrigin = written.isPresent() && entry != null ? entry.keyOrigin() : node.origin();
    return value(key.shape(), key.constraint(), node, place.key(key.name(), keyOrigin));
  }

  private Optional<Object> value(Shape shape, Constraint constraint, ConfigNode node, Place place) {
    if (shape == Shape.Simple.TREE && node instanceof Mapping mapping) {
      return Optional.of(new ConfigTree(mapping));
    }
    if (shape instanceof Shape.Simple simple) {
      return scalars.bind(simple, constraint, node, place.path());
    }
    if (shape instanceof Shape.OneOf oneOf) {
      return scalars.bind(oneOf, node, place.path());
    }
    if (shape instanceof Shape.Maybe maybe) {
      return value(maybe.value(), constraint, node, place).map(Optional::of);
    }
    if (shape instanceof Shape.Module module && node instanceof Scalar scalar) {
      Optional<Mapping> typed = typed(scalar);
      if (typed.isPresent()) {
        return module(module.spi(), typed.get(), place, Set.of());
      }
    }
    if (shape instanceof Shape.ListOf list && node instanceof Sequence sequence) {
      return list(list, constraint, sequence, place);
    }
    if (node instanceof Mapping mapping) {
      if (shape instanceof Shape.MapOf map) {
        return map(map, constraint, mapping, place);
      }
      if (shape instanceof Shape.Section section) {
        return section(section.type(), mapping, place, Set.of());
      }
      if (shape instanceof Shape.Module module) {
        return module(module.spi(), mapping, place, Set.of());
      }
    }
    return scalars.wrong(shape, constraint, node, place.path());
  }

  /** {@code cosine} is short for {@code {type: cosine}}. */
  private static Optional<Mapping> typed(Scalar name) {
    return name.kind() == Scalar.Kind.TEXT
        ? Optional.of(Mapping.empty(name.origin()).with("type", new Entry(name, name.origin())))
        : Optional.empty();
  }

  private Optional<Object> list(
      Shape.ListOf shape, Constraint constraint, Sequence sequence, Place place) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      ConfigNode item = sequence.items().get(i);
      Place at = new Place(place.path() + "[" + i + "]", Optional.empty(), item.origin());
      value(shape.element(), constraint, item, at).ifPresent(values::add);
    }
    return values.size() == sequence.items().size()
        ? Optional.of(List.copyOf(values))
        : Optional.empty();
  }

  private Optional<Object> map(
      Shape.MapOf shape, Constraint constraint, Mapping mapping, Place place) {
    Map<String, Object> values = new LinkedHashMap<>();
    Set<String> names = new LinkedHashSet<>(mapping.entries().keySet());
    names.removeIf(name -> mapping.get(name).isEmpty());
    Modules.spiOf(shape.value()).ifPresent(spi -> checkSlots(spi, names, mapping, place));
    mapping
        .entries()
        .forEach(
            (name, entry) -> {
              if (names.contains(name)) {
                value(shape.value(), constraint, entry.value(), place.slot(name, entry.keyOrigin()))
                    .ifPresent(value -> values.put(name, value));
              }
            });
    return values.size() == names.size()
        ? Optional.of(Collections.unmodifiableMap(values))
        : Optional.empty();
  }

  /** Slots name columns, files and losses. */
  private void checkSlots(Class<?> type, Set<String> names, Mapping mapping, Place place) {
    Set<String> taken = Spi.of(type).map(Spi::takenNames).orElse(Set.of());
    for (String name : names) {
      Entry entry = mapping.entries().get(name);
      Origin origin = entry == null ? mapping.origin() : entry.keyOrigin();
      if (!Kebab.matches(name)) {
        problems.add(
            origin,
            Dotted.join(place.path(), name),
            "no slot can have this name",
            "; allowed are " + Kebab.ALLOWED,
            () -> "");
      } else if (taken.contains(name)) {
        problems.add(
            origin,
            Dotted.join(place.path(), name),
            "no slot can have this name, since the run's log uses "
                + join(new TreeSet<>(taken))
                + " itself; choose another name and write the module as its 'type'");
      }
    }
  }

  /** Binds a module's mapping, from which the keys {@code beside} it have been taken out. */
  private Optional<Object> module(Class<?> spi, Mapping mapping, Place place, Set<String> beside) {
    Optional<ConfigNode> written = mapping.get("type");
    String typePath = Dotted.join(place.path(), "type");
    if (written.isPresent() && mapping.text("type").isEmpty()) {
      problems.add(
          written.get().origin(),
          typePath,
          "found " + written.get().found() + "; " + modules.known(spi));
      return Optional.empty();
    }
    Optional<String> type = mapping.text("type").or(place::slot);
    if (type.isEmpty()) {
      problems.add(
          mapping.origin(),
          typePath,
          "missing; required is the name of a " + spi.getSimpleName() + "; " + modules.known(spi));
      return Optional.empty();
    }
    Optional<? extends RegisteredModule<?>> module = modules.find(spi, type.get());
    if (module.isEmpty()) {
      Origin origin = written.map(ConfigNode::origin).orElse(place.keyOrigin());
      problems.add(
          origin,
          written.isPresent() ? typePath : place.path(),
          "no " + spi.getSimpleName() + " is called '" + Shortened.of(type.get(), 100) + "'",
          "; " + modules.known(spi),
          () -> modules.near(spi, type.get()));
      return Optional.empty();
    }
    Modules.keys(module.get());
    Set<String> siblings = new LinkedHashSet<>(beside);
    siblings.add("type");
    return section(module.get().config(), mapping.without(Set.of("type")), place, siblings)
        .map(config -> new Choice<>(module.get(), (Record) config));
  }
}
