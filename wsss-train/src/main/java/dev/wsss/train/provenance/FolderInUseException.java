package dev.wsss.train.provenance;

/** A folder that another run or ablation is writing to at this moment. */
public final class FolderInUseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FolderInUseException(String message) {
    super(message);
  }
}
