package dev.wsss.train.loop;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The random numbers of one slot in one step. Seed, name and step are mixed one after the other by
 * SplitMix64's finaliser (Steele et al. 2014), so that no stream of neighbouring seeds or steps is
 * another's, shifted.
 */
final class SlotRandom {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private SlotRandom() {}

  static RandomGenerator of(long seed, String slot, long step) {
    long state = mixed(seed);
    for (int i = 0; i < slot.length(); i++) {
      state = mixed(state ^ slot.charAt(i));
    }
    return new SplittableRandom(mixed(state ^ mixed(step)));
  }

  private static long mixed(long value) {
    long z = value + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
