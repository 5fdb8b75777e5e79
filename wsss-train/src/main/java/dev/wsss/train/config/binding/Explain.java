package dev.wsss.train.config.binding;

import dev.wsss.api.config.ConfigException;
import dev.wsss.api.config.Doc;
import dev.wsss.api.config.Spelling;
import dev.wsss.api.plugin.RegisteredModule;
import dev.wsss.train.plugin.PluginCatalog;
import dev.wsss.train.plugin.Spi;
import dev.wsss.train.progress.TextColumns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Plain text about modules and keys, for {@code wsss explain} and {@code wsss modules}. */
public final class Explain {

  private Explain() {}

  /** All modules: SPI, name, one line, and the jar they came from. */
  public static String modules(PluginCatalog catalog) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("SPI", "name", "what it is", "from"));
    for (RegisteredModule<?> module : catalog.all()) {
      rows.add(
          List.of(
              module.spi().getSimpleName(), module.name(), Modules.line(module), module.source()));
    }
    return TextColumns.of(rows) + "\n";
  }

  /** One module and its keys. */
  public static String module(RegisteredModule<?> module) {
    return module.name()
        + ": a "
        + module.spi().getSimpleName()
        + " from "
        + module.source()
        + "\n  "
        + Modules.line(module)
        + "\n  implemented by "
        + module.implementation().getName()
        + "\n\n"
        + keys(Modules.keys(module));
  }

  /** The keys that stand beside a module's own, such as the weight of its slot. */
  private static String beside(RegisteredModule<?> module, Map<String, List<Key>> index) {
    Map<Class<? extends Record>, List<String>> places = new LinkedHashMap<>();
    index.forEach(
        (path, keys) -> {
          for (Key key : keys) {
            if (inner(key.shape()) instanceof Shape.Section section && holds(section, module)) {
              boolean slots = key.shape() instanceof Shape.MapOf;
              places
                  .computeIfAbsent(section.type(), type -> new ArrayList<>())
                  .add(slots ? Dotted.join(path, module.name()) : path);
            }
          }
        });
    StringBuilder text = new StringBuilder();
    places.forEach(
        (type, paths) ->
            text.append("\nbeside them, in ")
                .append(String.join(", ", paths))
                .append("\n\n")
                .append(keys(Key.of(type).stream().filter(key -> !key.inline()).toList())));
    return text.toString();
  }

  /** Whether a section takes the keys of such a module among its own. */
  private static boolean holds(Shape.Section section, RegisteredModule<?> module) {
    return Key.inlineOf(Key.of(section.type()))
        .filter(key -> ((Shape.Module) key.shape()).spi() == module.spi())
        .isPresent();
  }

  /**
   * What a name means in a configuration.
   *
   * @param roots the records that files are bound to
   * @param name a module ({@code rcm}), an interface that modules implement ({@code Backbone}), a
   *     key ({@code optimiser.rate}), the last parts of a key ({@code rate}), or nothing for the
   *     keys at the roots
   * @throws ConfigException if nothing is called so, with the nearest name
   */
  public static String name(
      List<Class<? extends Record>> roots, PluginCatalog catalog, String name) {
    if (name.isEmpty()) {
      return roots.stream().map(Explain::root).collect(Collectors.joining("\n"));
    }
    Map<String, List<Key>> index = new LinkedHashMap<>();
    roots.forEach(root -> index.putAll(KeyIndex.of(root, catalog)));
    List<String> texts = new ArrayList<>();
    catalog.all().stream()
        .filter(module -> module.name().equals(name))
        .forEach(module -> texts.add(module(module) + beside(module, index)));
    Spi.ALL.stream()
        .filter(spi -> spi.type().getSimpleName().equals(name))
        .forEach(spi -> texts.add(spi(spi, index, catalog)));
    KeyIndex.matching(index, name).forEach((key, paths) -> texts.add(key(key, paths, catalog)));
    if (texts.isEmpty()) {
      throw unknown(name, index, catalog);
    }
    return String.join("\n", texts);
  }

  private static String root(Class<? extends Record> root) {
    Doc doc = root.getAnnotation(Doc.class);
    return (doc == null ? "" : doc.value() + "\n\n") + keys(root);
  }

  private static String spi(Spi spi, Map<String, List<Key>> index, PluginCatalog catalog) {
    List<String> places = new ArrayList<>();
    index.forEach(
        (path, keys) -> {
          boolean here =
              keys.stream().anyMatch(k -> Modules.spiOf(inner(k.shape())).equals(type(spi)));
          if (here) {
            places.add(path);
          }
        });
    return spi.type().getSimpleName()
        + ": an interface that modules implement ("
        + spi.type().getName()
        + ")\n  stands under "
        + String.join(", ", places)
        + "\n  a constructor may take its configuration record"
        + spi.injectable().stream()
            .map(type -> ", " + type.getSimpleName())
            .collect(Collectors.joining())
        + "\n\n"
        + modules(spi.type(), catalog);
  }

  private static Optional<Class<?>> type(Spi spi) {
    return Optional.of(spi.type());
  }

  private static String modules(Class<?> spi, PluginCatalog catalog) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("type", "what it is", "from"));
    catalog.all().stream()
        .filter(module -> module.spi() == spi)
        .forEach(module -> rows.add(List.of(module.name(), Modules.line(module), module.source())));
    return TextColumns.of(rows) + "\n";
  }

  private static String key(Key key, List<String> paths, PluginCatalog catalog) {
    Constraint constraint = key.constraint();
    StringBuilder text = new StringBuilder(String.join(", ", paths)).append('\n');
    if (!constraint.text().isEmpty()) {
      text.append("  ").append(constraint.text()).append('\n');
    }
    text.append("  takes ").append(takes(key.shape(), constraint)).append('\n');
    text.append("  default: ").append(byDefault(key)).append('\n');
    if (!constraint.origin().isEmpty()) {
      text.append("  from: ").append(constraint.origin()).append('\n');
    }
    Shape inner = inner(key.shape());
    if (inner instanceof Shape.Section section) {
      text.append('\n').append(keys(section.type()));
    }
    Modules.spiOf(inner)
        .ifPresent(
            spi ->
                text.append('\n')
                    .append(modules(spi, catalog))
                    .append("\n  wsss explain TYPE shows the keys of one of them\n"));
    return text.toString();
  }

  private static String takes(Shape shape, Constraint constraint) {
    if (shape instanceof Shape.Module module) {
      return "a " + module.spi().getSimpleName();
    }
    if (shape instanceof Shape.Section) {
      return "keys of its own";
    }
    return shape instanceof Shape.MapOf map
        ? "names, each with " + takes(map.value(), constraint)
        : Allowed.phrase(shape, constraint);
  }

  private static Shape inner(Shape shape) {
    if (shape instanceof Shape.Maybe maybe) {
      return inner(maybe.value());
    }
    if (shape instanceof Shape.ListOf list) {
      return inner(list.element());
    }
    return shape instanceof Shape.MapOf map ? inner(map.value()) : shape;
  }

  private static String keys(Class<? extends Record> type) {
    return keys(Key.of(type));
  }

  private static String keys(List<Key> keys) {
    if (keys.isEmpty()) {
      return "no keys\n";
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("key", "takes", "default", "from", "meaning"));
    for (Key key : keys) {
      rows.add(
          List.of(
              key.inline() ? "type, …" : key.name(),
              key.inline() ? "the module's own keys" : takes(key.shape(), key.constraint()),
              key.inline() ? "the slot's name" : byDefault(key),
              key.constraint().origin(),
              key.constraint().text()));
    }
    return TextColumns.of(rows) + "\n";
  }

  private static String byDefault(Key key) {
    return key.constraint().byDefault().orElseGet(() -> implicit(key.shape()));
  }

  private static String implicit(Shape shape) {
    if (shape instanceof Shape.ListOf) {
      return "[]";
    }
    if (shape instanceof Shape.MapOf) {
      return "{}";
    }
    if (shape instanceof Shape.Section) {
      return "as its keys say";
    }
    return shape instanceof Shape.Maybe ? "none" : "required";
  }

  private static ConfigException unknown(
      String name, Map<String, List<Key>> index, PluginCatalog catalog) {
    TreeSet<String> modules = new TreeSet<>();
    catalog.all().forEach(module -> modules.add(module.name()));
    TreeSet<String> all = new TreeSet<>(modules);
    Spi.ALL.forEach(spi -> all.add(spi.type().getSimpleName()));
    for (String path : index.keySet()) {
      List<String> parts = Dotted.names(path);
      for (int i = 0; i < parts.size(); i++) {
        all.add(String.join(".", parts.subList(i, parts.size())));
      }
    }
    return new ConfigException(
        List.of(
            name
                + ": no module or key has this name; modules are "
                + String.join(", ", modules)
                + "; keys at the root are "
                + String.join(", ", index.keySet().stream().filter(k -> !k.contains(".")).toList())
                + Spelling.suggestion(name, all)));
  }
}
