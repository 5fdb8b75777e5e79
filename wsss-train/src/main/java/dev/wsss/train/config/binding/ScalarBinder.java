package dev.wsss.train.config.binding;

import dev.wsss.api.config.Spelling;
import dev.wsss.train.config.binding.ConfigNode.Scalar;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Turns single values into Java ones; every method returns empty after reporting a problem. */
final class ScalarBinder {
  private final Problems problems;

  ScalarBinder(Problems problems) {
    this.problems = problems;
  }

  Optional<Object> bind(Shape.Simple shape, Constraint constraint, ConfigNode node, String path) {
    if (!(node instanceof Scalar scalar) || scalar.kind() == Scalar.Kind.NULL) {
      return wrong(shape, constraint, node, path);
    }
    Optional<Object> value =
        switch (shape) {
          case FLAG -> flag(scalar);
          case INT, LONG -> whole(shape, constraint, scalar);
          case FLOAT, DOUBLE -> real(shape, constraint, scalar);
          case TEXT -> Optional.of(scalar.text());
          case PATH -> path(scalar);
          case TREE -> Optional.empty();
        };
    if (value.isPresent()) {
      return value;
    }
    problems.add(
        node.origin(),
        path,
        "found "
            + node.found()
            + "; allowed is "
            + Allowed.phrase(shape, constraint)
            + representable(shape, scalar));
    return Optional.empty();
  }

  Optional<Object> bind(Shape.OneOf shape, ConfigNode node, String path) {
    List<String> names = shape.names();
    if (!(node instanceof Scalar scalar)) {
      return wrong(shape, Constraint.of(null), node, path);
    }
    int index = names.indexOf(scalar.text());
    if (index < 0) {
      problems.add(
          node.origin(),
          path,
          "found "
              + node.found()
              + "; allowed is "
              + Allowed.phrase(shape, Constraint.of(null))
              + Spelling.suggestion(scalar.text(), names));
      return Optional.empty();
    }
    return Optional.of(shape.type().getEnumConstants()[index]);
  }

  /** Reports that {@code node} is not what the key takes. */
  Optional<Object> wrong(Shape shape, Constraint constraint, ConfigNode node, String path) {
    problems.add(
        node.origin(),
        path,
        "found " + node.found() + "; allowed is " + Allowed.phrase(shape, constraint));
    return Optional.empty();
  }

  /** What else a number must be to fit its Java type, where that is what is wrong with it. */
  private static String representable(Shape.Simple shape, Scalar scalar) {
    if (shape.isWhole() && tooWide(shape, scalar)) {
      return shape == Shape.Simple.INT ? " within 32 bits" : " within 64 bits";
    }
    boolean infinite = scalar.kind() == Scalar.Kind.REAL && !Double.isFinite(decimal(scalar));
    return shape.isNumber() && infinite ? " that is finite" : "";
  }

  private static Optional<Object> flag(Scalar scalar) {
    return scalar.kind() == Scalar.Kind.FLAG
        ? Optional.of(scalar.text().toLowerCase(Locale.ROOT).equals("true"))
        : Optional.empty();
  }

  private static Optional<Object> whole(Shape.Simple shape, Constraint constraint, Scalar scalar) {
    if (scalar.kind() != Scalar.Kind.WHOLE) {
      return Optional.empty();
    }
    BigInteger value = integer(scalar.text());
    if (tooWide(shape, scalar) || !constraint.allows(value.doubleValue())) {
      return Optional.empty();
    }
    return Optional.of(
        shape == Shape.Simple.INT ? (Object) value.intValueExact() : value.longValueExact());
  }

  private static boolean tooWide(Shape.Simple shape, Scalar scalar) {
    return scalar.kind() == Scalar.Kind.WHOLE
        && integer(scalar.text()).bitLength() > (shape == Shape.Simple.INT ? 31 : 63);
  }

  private static Optional<Object> real(Shape.Simple shape, Constraint constraint, Scalar scalar) {
    double value;
    if (scalar.kind() == Scalar.Kind.WHOLE) {
      value = integer(scalar.text()).doubleValue();
    } else if (scalar.kind() == Scalar.Kind.REAL) {
      value = decimal(scalar);
    } else {
      return Optional.empty();
    }
    if (shape == Shape.Simple.FLOAT) {
      float single = (float) value;
      return Float.isFinite(single) && constraint.allows(value)
          ? Optional.of(single)
          : Optional.empty();
    }
    return Double.isFinite(value) && constraint.allows(value)
        ? Optional.of(value)
        : Optional.empty();
  }

  /** The number; NaN for {@code .inf} and {@code .nan}, which YAML has and no key takes. */
  private static double decimal(Scalar scalar) {
    char last = scalar.text().charAt(scalar.text().length() - 1);
    return last == '.' || Character.isDigit(last) ? Double.parseDouble(scalar.text()) : Double.NaN;
  }

  private static BigInteger integer(String text) {
    if (text.startsWith("0x")) {
      return new BigInteger(text.substring(2), 16);
    }
    return text.startsWith("0o")
        ? new BigInteger(text.substring(2), 8)
        : new BigInteger(text.startsWith("+") ? text.substring(1) : text);
  }

  private static Optional<Object> path(Scalar scalar) {
    try {
      return scalar.text().isEmpty()
          ? Optional.empty()
          : Optional.of(
              scalar.origin().folder().resolve(scalar.text()).toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
