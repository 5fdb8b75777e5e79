package dev.wsss.train.config.binding;

import dev.wsss.api.config.Doc;
import dev.wsss.train.plugin.Kebab;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A configuration key: one component of a record, as every reader of {@link Doc} sees it.
 *
 * @param name kebab-case
 * @param inline whether the keys of this module stand beside its siblings' keys
 */
record Key(String name, Shape shape, Constraint constraint, boolean inline, Method accessor) {

  /** The keys of a configuration record in their order. */
  static List<Key> of(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents()).map(component -> of(type, component)).toList();
  }

  private static Key of(Class<?> type, RecordComponent component) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return new Key(
          Kebab.of(component.getName()),
          Shape.of(component.getGenericType()),
          Constraint.of(component.getAnnotation(Doc.class)),
          component.isAnnotationPresent(Inline.class),
          accessor);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          type.getName() + "." + component.getName() + ": " + e.getMessage(), e);
    }
  }

  /** The inline key of a record, if it has one. */
  static Optional<Key> inlineOf(List<Key> keys) {
    return keys.stream().filter(Key::inline).findFirst();
  }

  /** The names that stand in the record's own mapping. */
  static List<String> names(List<Key> keys) {
    return keys.stream().filter(key -> !key.inline()).map(Key::name).toList();
  }

  /** The component's value. */
  Object of(Record record) {
    try {
      return accessor.invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(accessor + " cannot be read", e);
    }
  }
}
