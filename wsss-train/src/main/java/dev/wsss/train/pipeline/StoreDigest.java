package dev.wsss.train.pipeline;

import dev.wsss.eval.digest.Sha256;
import dev.wsss.eval.store.MapStore;
import java.io.IOException;
import java.nio.file.Path;

/** The checksum of a finished store: of its index, which holds those of all pictures. */
final class StoreDigest {
  private StoreDigest() {}

  static String of(Path store) throws IOException {
    MapStore.open(store); // compares the index's checksums, and the sizes of all shards
    return Sha256.of(store.resolve("index.tsv"));
  }
}
