package dev.wsss.eval.store;

import dev.wsss.api.data.ClassNames;

/**
 * What a store is of and how it is cut; only the same may go on in it.
 *
 * @param classes in the order of the maps
 * @param of a line that is another for other maps, such as the checksums of a model and its
 *     settings
 * @param shardBytes that a shard has at most, unless a single picture has more
 */
public record StoreSettings(ClassNames classes, String of, long shardBytes) {
  private static final long SHARD_BYTES = 64L << 20;

  public StoreSettings {
    if (shardBytes < 1) {
      throw new IllegalArgumentException("shards of " + shardBytes + " bytes; at least 1");
    }
    IndexText.require("what a store is of", of);
    classes.foreground().forEach(name -> IndexText.require("a class", name));
  }

  /** With shards of 64 MiB. */
  public StoreSettings(ClassNames classes, String of) {
    this(classes, of, SHARD_BYTES);
  }
}
