package dev.wsss.train.config.binding;

/** Says in words which values a key takes. */
final class Allowed {

  private Allowed() {}

  /** For instance {@code "a whole number of at least 1 (epochs)"}. */
  static String phrase(Shape shape, Constraint constraint) {
    if (shape instanceof Shape.Simple simple) {
      return simple(simple, constraint);
    }
    if (shape instanceof Shape.OneOf oneOf) {
      return "one of " + String.join(", ", oneOf.names());
    }
    if (shape instanceof Shape.ListOf list) {
      return "a list, each " + phrase(list.element(), constraint);
    }
    if (shape instanceof Shape.MapOf map) {
      return "a mapping from names, each to " + phrase(map.value(), constraint);
    }
    if (shape instanceof Shape.Maybe maybe) {
      return phrase(maybe.value(), constraint);
    }
    if (shape instanceof Shape.Module module) {
      return "a mapping with the 'type' of a "
          + module.spi().getSimpleName()
          + ", or that name alone";
    }
    return "a mapping";
  }

  private static String simple(Shape.Simple shape, Constraint constraint) {
    String unit = constraint.unit().isEmpty() ? "" : " (" + constraint.unit() + ")";
    return switch (shape) {
      case FLAG -> "true or false";
      case INT, LONG -> "a whole number" + constraint.range() + unit;
      case FLOAT, DOUBLE -> "a number" + constraint.range() + unit;
      case TEXT -> "text";
      case PATH -> "a path";
      case TREE -> "a mapping";
    };
  }
}
