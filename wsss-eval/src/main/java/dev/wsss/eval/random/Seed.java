package dev.wsss.eval.random;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A seed that is narrowed down to the place where numbers are drawn, for example {@code
 * seed.with("augment").with(epoch).with(position)}.
 *
 * <p>Every place has numbers of its own: drawing more in one never changes another, any number of
 * threads may draw, and nothing has to be saved to go on in the middle.
 */
public record Seed(long value) {

  /** The seed of part {@code part} of this place. */
  public Seed with(long part) {
    return new Seed(mix(mix(value) + part));
  }

  /** The seed of a named part of this place. */
  public Seed with(String part) {
    long hash = part.length();
    for (int i = 0; i < part.length(); i++) {
      hash = mix(hash + part.charAt(i));
    }
    return with(hash);
  }

  /** New numbers from the start of this place's sequence; used by one thread. */
  public RandomGenerator generator() {
    return new SplittableRandom(mix(value));
  }

  // The finaliser of MurmurHash3 in Stafford's variant 13: each bit of the input flips each bit of
  // the output half of the time, so that neighbouring parts share nothing.
  private static long mix(long z) {
    z += 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
