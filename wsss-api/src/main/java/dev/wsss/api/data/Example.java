package dev.wsss.api.data;

import java.util.BitSet;

/**
 * One picture of a data set by name, with its image-level labels; no pixels.
 *
 * @param id unique in its data set
 * @param labels bit k is set where foreground class k is in the picture; treat as immutable
 */
public record Example(String id, BitSet labels) {

  public Example {
    labels = (BitSet) labels.clone();
  }
}
