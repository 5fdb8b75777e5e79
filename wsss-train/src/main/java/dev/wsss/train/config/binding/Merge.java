package dev.wsss.train.config.binding;

import dev.wsss.train.config.binding.ConfigNode.Entry;
import dev.wsss.train.config.binding.ConfigNode.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lays one mapping over another: mappings merge, everything else replaces.
 *
 * <p>A {@code null} replaces like any other value and reads as an absent key from then on; that way
 * it survives in patches that are merged later. A block whose {@code type} changes is replaced
 * whole.
 */
final class Merge {

  private Merge() {}

  /**
   * Lays {@code patch} over {@code base}. A block of the base without a {@code type} is taken to
   * have the type that its own key names, as in a slot.
   */
  static Mapping layer(Mapping base, Mapping patch) {
    return merge(base, patch, (key, block) -> block.text("type").or(() -> Optional.of(key)));
  }

  /** Joins two parts of one patch, in which only a type that is spelt out counts. */
  static Mapping join(Mapping first, Mapping second) {
    return merge(first, second, (key, block) -> block.text("type"));
  }

  private interface TypeOf {
    Optional<String> of(String key, Mapping block);
  }

  private static Mapping merge(Mapping base, Mapping patch, TypeOf typeOf) {
    Map<String, Entry> entries = new LinkedHashMap<>(base.entries());
    patch
        .entries()
        .forEach(
            (key, entry) -> {
              Entry old = entries.get(key);
              if (old != null
                  && old.value() instanceof Mapping oldBlock
                  && entry.value() instanceof Mapping block
                  && !typeChanges(typeOf.of(key, oldBlock), block.text("type"))) {
                Mapping merged = merge(oldBlock, block, typeOf);
                entries.put(key, new Entry(merged, nearer(old.keyOrigin(), entry.keyOrigin())));
              } else {
                entries.put(key, entry);
              }
            });
    return new Mapping(entries, nearer(base.origin(), patch.origin()));
  }

  private static boolean typeChanges(Optional<String> old, Optional<String> type) {
    return old.isPresent() && type.isPresent() && !old.equals(type);
  }

  /** Where a merged block stands: rather in a file than where only a part of it was overridden. */
  private static Origin nearer(Origin base, Origin patch) {
    return patch.kind().compareTo(base.kind()) <= 0 ? patch : base;
  }
}
