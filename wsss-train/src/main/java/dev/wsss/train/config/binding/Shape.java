package dev.wsss.train.config.binding;

import dev.wsss.api.config.Choice;
import dev.wsss.train.plugin.Kebab;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a value may look like: the Java types that configuration records are made of. */
sealed interface Shape {

  /** One scalar, or a mapping left unbound. */
  enum Simple implements Shape {
    FLAG,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    TEXT,
    PATH,
    TREE;

    boolean isNumber() {
      return isWhole() || this == FLOAT || this == DOUBLE;
    }

    boolean isWhole() {
      return this == INT || this == LONG;
    }
  }

  /** The kebab-case name of an enum constant. */
  record OneOf(Class<? extends Enum<?>> type) implements Shape {
    List<String> names() {
      return Arrays.stream(type.getEnumConstants()).map(c -> Kebab.of(c.name())).toList();
    }
  }

  record ListOf(Shape element) implements Shape {}

  /** Names, chosen by whoever writes the file, to values. */
  record MapOf(Shape value) implements Shape {}

  record Maybe(Shape value) implements Shape {}

  /** A nested record. */
  record Section(Class<? extends Record> type) implements Shape {}

  /** A {@link Choice} of a module of an SPI. */
  record Module(Class<?> spi) implements Shape {}

  Map<Class<?>, Simple> SIMPLE =
      Map.ofEntries(
          Map.entry(boolean.class, Simple.FLAG),
          Map.entry(Boolean.class, Simple.FLAG),
          Map.entry(int.class, Simple.INT),
          Map.entry(Integer.class, Simple.INT),
          Map.entry(long.class, Simple.LONG),
          Map.entry(Long.class, Simple.LONG),
          Map.entry(float.class, Simple.FLOAT),
          Map.entry(Float.class, Simple.FLOAT),
          Map.entry(double.class, Simple.DOUBLE),
          Map.entry(Double.class, Simple.DOUBLE),
          Map.entry(String.class, Simple.TEXT),
          Map.entry(Path.class, Simple.PATH),
          Map.entry(ConfigTree.class, Simple.TREE));

  /**
   * The shape of a record component's type.
   *
   * @throws IllegalArgumentException if no configuration can hold that type
   */
  static Shape of(Type type) {
    Class<?> raw = raw(type);
    if (SIMPLE.containsKey(raw)) {
      return SIMPLE.get(raw);
    }
    if (raw.isEnum()) {
      @SuppressWarnings("unchecked") // isEnum says so
      Class<? extends Enum<?>> constants = (Class<? extends Enum<?>>) raw;
      return new OneOf(constants);
    }
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (raw == List.class) {
        return new ListOf(of(arguments[0]));
      }
      if (raw == Optional.class) {
        return new Maybe(of(arguments[0]));
      }
      if (raw == Map.class && arguments[0] == String.class) {
        return new MapOf(of(arguments[1]));
      }
      if (raw == Choice.class) {
        return new Module(raw(arguments[0]));
      }
    }
    if (raw.isRecord()) {
      return new Section(raw.asSubclass(Record.class));
    }
    throw new IllegalArgumentException(
        type.getTypeName()
            + " cannot stand in a configuration; allowed are boolean, int, long, float, double,"
            + " String, Path, enums, records, ConfigTree, Choice, Optional, List and Map from"
            + " String");
  }

  private static Class<?> raw(Type type) {
    if (type instanceof Class<?> c) {
      return c;
    }
    if (type instanceof ParameterizedType generic) {
      return raw(generic.getRawType());
    }
    throw new IllegalArgumentException(
        type.getTypeName()
            + " cannot stand in a configuration; allowed is a type without wildcard");
  }
}
