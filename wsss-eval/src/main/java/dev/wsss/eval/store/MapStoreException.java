package dev.wsss.eval.store;

/** A store of maps cannot be used as it stands; the message names the place and the cure. */
public final class MapStoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public MapStoreException(String message) {
    super(message);
  }
}
