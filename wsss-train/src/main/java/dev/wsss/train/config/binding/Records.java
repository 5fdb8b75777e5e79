package dev.wsss.train.config.binding;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Calls canonical constructors. */
final class Records {

  private Records() {}

  /** A record of {@code values}, unless its constructor refuses them, which becomes a problem. */
  static Optional<Object> create(
      Class<? extends Record> type,
      List<Object> values,
      Origin origin,
      String path,
      Problems problems) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return Optional.of(constructor.newInstance(values.toArray()));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        String message = refusal.getMessage();
        problems.add(origin, path, message == null ? "refused by " + type.getName() : message);
        return Optional.empty();
      }
      throw new IllegalStateException("constructor of " + type.getName() + " failed", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName() + " cannot be constructed", e);
    }
  }
}
