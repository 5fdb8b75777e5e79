package dev.wsss.train.loop;

/**
 * Training that cannot go on: divergence, a module that fails, or a checkpoint that cannot be read
 * or written.
 */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TrainingException(String message) {
    super(message);
  }

  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
