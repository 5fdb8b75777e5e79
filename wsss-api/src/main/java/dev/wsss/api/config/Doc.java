package dev.wsss.api.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a configuration key: a record component, whose name in kebab-case is the key. On a
 * module's configuration record its {@link #value} is the line that {@code wsss modules} shows; on
 * the module's class too, where several modules share a record.
 *
 * <p>Read by the binder, by {@code wsss explain} and by the JSON schema, so that the three cannot
 * disagree.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Doc {

  /** What the key means, or what the module is, as one sentence. */
  String value();

  /**
   * The default as YAML text, bound like a value in a file. A mapping that a file holds is laid
   * over a default mapping, so that {@code {decay: 0.99}} keeps a default {@code type}. Absent
   * means: required, unless the component is an {@link java.util.Optional}, a list, a map or a
   * record all of whose own keys have defaults.
   */
  String byDefault() default REQUIRED;

  /** Unit of a number, for example {@code pixels} or {@code epochs}; empty for none. */
  String unit() default "";

  /** Smallest allowed number, inclusive; for a list, of each element. */
  double min() default Double.NEGATIVE_INFINITY;

  /** Largest allowed number, inclusive; for a list, of each element. */
  double max() default Double.POSITIVE_INFINITY;

  /** Where the value comes from: {@code paper}, {@code authors} or {@code choice}. */
  String origin() default "";

  /** Marks a key without default. */
  String REQUIRED = "\0";
}
