package dev.wsss.train.ablation;

import java.util.List;

/**
 * An ablation that cannot start. The message holds every problem that was found; the first that was
 * thrown is the cause, further ones are suppressed.
 */
public final class AblationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public AblationException(List<String> problems) {
    this(problems, List.of());
  }

  AblationException(List<String> problems, List<RuntimeException> causes) {
    super(String.join("\n", problems), causes.isEmpty() ? null : causes.get(0));
    causes.stream().skip(1).forEach(this::addSuppressed);
  }
}
