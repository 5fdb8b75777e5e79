package dev.wsss.train.provenance;

import dev.wsss.api.config.Choice;
import dev.wsss.train.config.binding.Inline;
import dev.wsss.train.plugin.Kebab;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A bound configuration taken apart: its values and its modules, each under the dotted key that it
 * has in a configuration file.
 */
final class ConfigValues {
  private final Map<String, Object> values = new TreeMap<>();
  private final Map<String, Choice<?>> modules = new TreeMap<>();

  private ConfigValues() {}

  static ConfigValues of(Record config) {
    ConfigValues values = new ConfigValues();
    values.addAll("", config);
    return values;
  }

  /** Numbers, texts, paths and lists of such; the names of modules under {@code type}. */
  Map<String, Object> values() {
    return values;
  }

  /** The chosen modules by the key of their block. */
  Map<String, Choice<?>> modules() {
    return modules;
  }

  private void addAll(String prefix, Record record) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      // The keys of an inline module stand among its neighbours.
      String key =
          component.isAnnotationPresent(Inline.class)
              ? prefix
              : join(prefix, Kebab.of(component.getName()));
      add(key, read(component, record));
    }
  }

  private void add(String key, Object value) {
    if (value instanceof Choice<?> choice) {
      modules.put(key, choice);
      values.put(join(key, "type"), choice.type());
      addAll(key, choice.config());
    } else if (value instanceof Record record) {
      addAll(key, record);
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((name, inner) -> add(join(key, String.valueOf(name)), inner));
    } else if (value instanceof Optional<?> optional) {
      optional.ifPresent(inner -> add(key, inner));
    } else {
      values.put(key, plain(value));
    }
  }

  private static Object plain(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
    return value instanceof List<?> items
        ? items.stream().map(ConfigValues::plain).toList()
        : value;
  }

  private static Object read(RecordComponent component, Record record) {
    try {
      component.getAccessor().trySetAccessible();
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private static String join(String prefix, String name) {
    return prefix.isEmpty() ? name : prefix + "." + name;
  }
}
