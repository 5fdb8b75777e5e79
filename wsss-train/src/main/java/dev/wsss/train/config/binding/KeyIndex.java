package dev.wsss.train.config.binding;

import dev.wsss.api.plugin.RegisteredModule;
import dev.wsss.train.plugin.PluginCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every key that a configuration may hold, those of all registered modules included. */
final class KeyIndex {
  private static final int DEEPEST = 12;

  private final PluginCatalog catalog;
  private final Map<String, List<Key>> keys = new LinkedHashMap<>();

  private KeyIndex(PluginCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Dotted keys with what they mean; several meanings where modules share a key.
   *
   * <p>A slot is called like each module that may be in it: {@code self-supervision.rcm.weight}.
   */
  static Map<String, List<Key>> of(Class<? extends Record> root, PluginCatalog catalog) {
    KeyIndex index = new KeyIndex(catalog);
    index.section(root, "", "", 0);
    return index.keys;
  }

  /** The keys that match a name in full, else those whose last parts do. */
  static Map<Key, List<String>> matching(Map<String, List<Key>> index, String name) {
    Map<Key, List<String>> matches = new LinkedHashMap<>();
    boolean exact = index.containsKey(name);
    index.forEach(
        (path, keys) -> {
          if (exact ? path.equals(name) : path.endsWith("." + name)) {
            keys.forEach(key -> matches.computeIfAbsent(key, k -> new ArrayList<>()).add(path));
          }
        });
    return matches;
  }

  private void section(Class<? extends Record> type, String path, String slot, int depth) {
    section(Key.of(type), path, slot, depth);
  }

  private void section(List<Key> own, String path, String slot, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    for (Key key : own) {
      if (key.inline()) {
        shape(key.shape(), path, slot, depth);
      } else {
        String keyPath = Dotted.join(path, key.name());
        List<Key> same = keys.computeIfAbsent(keyPath, p -> new ArrayList<>());
        if (!same.contains(key)) {
          same.add(key);
        }
        shape(key.shape(), keyPath, "", depth + 1);
      }
    }
  }

  private void shape(Shape shape, String path, String slot, int depth) {
    if (shape instanceof Shape.Section section) {
      section(section.type(), path, slot, depth);
    } else if (shape instanceof Shape.Maybe maybe) {
      shape(maybe.value(), path, slot, depth);
    } else if (shape instanceof Shape.ListOf list) {
      shape(list.element(), path, slot, depth);
    } else if (shape instanceof Shape.MapOf map) {
      for (String name : slots(map.value())) {
        shape(map.value(), Dotted.join(path, name), name, depth + 1);
      }
    } else if (shape instanceof Shape.Module module) {
      for (RegisteredModule<?> m : catalog.all()) {
        if (m.spi() == module.spi() && (slot.isEmpty() || slot.equals(m.name()))) {
          section(Modules.keys(m), path, "", depth + 1);
        }
      }
    }
  }

  /** The modules that name slots of this shape, or a placeholder. */
  private List<String> slots(Shape value) {
    List<String> names = Modules.spiOf(value).map(catalog::names).orElse(List.of());
    return names.isEmpty() ? List.of("NAME") : names;
  }
}
