package dev.wsss.train.pipeline;

/** A pipeline's folder that cannot be used as it is; the message names the stage and the cure. */
public final class PipelineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PipelineException(String message) {
    super(message);
  }

  PipelineException(String message, Throwable cause) {
    super(message, cause);
  }
}
