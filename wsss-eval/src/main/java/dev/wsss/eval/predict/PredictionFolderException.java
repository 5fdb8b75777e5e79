package dev.wsss.eval.predict;

/** A folder cannot take these predictions; the message names it and says why. */
public final class PredictionFolderException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public PredictionFolderException(String message) {
    super(message);
  }
}
