package dev.wsss.eval.store;

/**
 * Takes the maps of pictures: what a stage that makes maps writes to, whether they go to a folder
 * or straight on to what makes masks of them.
 *
 * <p>Whatever takes them gets the same 8 bits, so that a mask does not depend on the way it came.
 * Called by several threads at once, once a picture. What cannot be written ends in an {@link
 * java.io.UncheckedIOException} that names the folder.
 */
public interface MapSink {
  /** Takes the maps of a picture. */
  void add(StoredMaps maps);

  /**
   * Hears that a picture has no maps and will get none.
   *
   * @param reason such as why its file cannot be read
   */
  void leaveOut(String id, String reason);
}
