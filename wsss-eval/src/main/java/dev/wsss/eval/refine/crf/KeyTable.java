package dev.wsss.eval.refine.crf;

import java.util.Arrays;

/**
 * Numbers keys in the order in which they first come: open addressing with linear probing in two
 * flat arrays, which grow and are kept for the next picture. Not for several threads at once, but
 * for {@link #find}.
 */
final class KeyTable {
  private static final int LEAST_BITS = 12;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L; // 2⁶⁴ over the golden ratio
  private static final int ABSENT = -1;

  private int bits = LEAST_BITS;
  private long[] slotKeys = new long[1 << LEAST_BITS]; // 0 is free
  private int[] slotNumbers = new int[1 << LEAST_BITS];
  private long[] keys = new long[1 << (LEAST_BITS - 1)];
  private int size;

  /** Forgets all keys and keeps the memory. */
  void clear() {
    Arrays.fill(slotKeys, 0);
    size = 0;
  }

  int size() {
    return size;
  }

  /** The key with a number. */
  long key(int number) {
    return keys[number];
  }

  /**
   * The number of a key, a new one if it has none.
   *
   * @param key above 0
   */
  int number(long key) {
    int slot = slotOf(key);
    if (slotKeys[slot] == key) {
      return slotNumbers[slot];
    }
    if (size == keys.length) {
      grow();
      return number(key);
    }
    slotKeys[slot] = key;
    slotNumbers[slot] = size;
    keys[size] = key;
    return size++;
  }

  /** The number of a key; −1 if it has none. */
  int find(long key) {
    int slot = slotOf(key);
    return slotKeys[slot] == key ? slotNumbers[slot] : ABSENT;
  }

  /** Where a key is, or the empty slot where it would come. */
  private int slotOf(long key) {
    int mask = slotKeys.length - 1;
    int slot = (int) ((key * MULTIPLIER) >>> (64 - bits));
    while (slotKeys[slot] != 0 && slotKeys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    bits++;
    slotKeys = new long[1 << bits];
    slotNumbers = new int[1 << bits];
    keys = Arrays.copyOf(keys, 1 << (bits - 1));
    for (int i = 0; i < size; i++) {
      int slot = slotOf(keys[i]);
      slotKeys[slot] = keys[i];
      slotNumbers[slot] = i;
    }
  }
}
