package dev.wsss.api.config;

import java.util.List;

/**
 * Says everything that is wrong with a configuration, one line a problem: {@code file:line:column:
 * key: what was found; what is allowed; did you mean …}.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // List.copyOf is serialisable
  private final List<String> problems;

  public ConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One line each, sorted by where they stand. */
  public List<String> problems() {
    return problems;
  }
}
