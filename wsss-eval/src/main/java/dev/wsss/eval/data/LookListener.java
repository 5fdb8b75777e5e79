package dev.wsss.eval.data;

/** Hears how looking at a folder of pictures goes on; called by one thread at a time. */
@FunctionalInterface
public interface LookListener {
  /** Hears nothing. */
  LookListener SILENT = (pictures, of) -> {};

  /**
   * A picture was looked at.
   *
   * @param pictures so far, 1 and more
   * @param of all of the folder
   */
  void looked(int pictures, int of);
}
