package dev.wsss.train.config.binding;

import dev.wsss.train.plugin.CodeSources;
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
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof Error error && !(error instanceof LinkageError)) {
        throw error;
      }
      if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
        problems.add(origin, path, cause.getMessage());
      } else {
        String who = type.getName() + " (from " + CodeSources.of(type) + ")";
        problems.add(origin, path, who + " failed: " + cause + "; --debug shows where", cause);
      }
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName() + " cannot be constructed", e);
    }
  }
}
