package dev.wsss.api.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damage to a file's bytes, as disks, transfers and malice do it; the same for the same random. */
public final class Damage {
  /** Numbers at which counts and sizes overflow. */
  private static final int[] EXTREMES = {
    0, 1, -1, 0x7fff, 0x8000, 0xffff, 10_000, 100_000, 1 << 24, Integer.MAX_VALUE, Integer.MIN_VALUE
  };

  private static final int MOST_CHANGES = 4;

  private Damage() {}

  /** One to four changes; never the bytes themselves. */
  public static byte[] of(byte[] whole, Random random) {
    byte[] bytes = whole;
    int changes = 1 + random.nextInt(MOST_CHANGES);
    while (changes > 0 || Arrays.equals(bytes, whole)) {
      bytes = change(bytes, random);
      changes--;
    }
    return bytes;
  }

  /** As {@link #of}, or something put in that means much where text is parsed. */
  public static byte[] ofText(byte[] whole, List<String> words, Random random) {
    byte[] bytes = random.nextBoolean() ? of(whole, random) : whole;
    int more = 1 + random.nextInt(MOST_CHANGES);
    while (more > 0 || Arrays.equals(bytes, whole)) {
      String word = words.get(random.nextInt(words.size()));
      int times = random.nextInt(20) == 0 ? 2000 : 1;
      int at = random.nextInt(bytes.length + 1);
      bytes = splice(bytes, at, at, word.repeat(times).getBytes(StandardCharsets.UTF_8));
      more--;
    }
    return bytes;
  }

  private static byte[] change(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    byte[] same = bytes.clone();
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(9)) {
      case 0, 1 -> {
        same[at] ^= (byte) (1 << random.nextInt(8));
        yield same;
      }
      case 2 -> {
        same[at] = (byte) random.nextInt();
        yield same;
      }
      case 3, 4 -> number(same, at, EXTREMES[random.nextInt(EXTREMES.length)], random);
      case 5 -> Arrays.copyOf(bytes, at);
      case 6 -> splice(bytes, at, at + Math.min(length(random), bytes.length - at), new byte[0]);
      case 7 -> {
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + length(random));
        yield splice(bytes, at, at, Arrays.copyOfRange(bytes, from, to));
      }
      default -> {
        byte[] noise = new byte[length(random)];
        random.nextBytes(noise);
        yield splice(bytes, at, at, noise);
      }
    };
  }

  /** A number of one, two or four bytes, either end first. */
  private static byte[] number(byte[] bytes, int at, int value, Random random) {
    int width = 1 << random.nextInt(3);
    boolean bigEndian = random.nextBoolean();
    for (int i = 0; i < width && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (value >> 8 * (bigEndian ? width - 1 - i : i));
    }
    return bytes;
  }

  /** Mostly a few bytes, now and then a few hundred. */
  private static int length(Random random) {
    return 1 + random.nextInt(random.nextInt(8) == 0 ? 400 : 8);
  }

  /** The bytes with what stands from {@code from} to before {@code to} replaced. */
  public static byte[] splice(byte[] bytes, int from, int to, byte[] by) {
    byte[] spliced = new byte[bytes.length - (to - from) + by.length];
    System.arraycopy(bytes, 0, spliced, 0, from);
    System.arraycopy(by, 0, spliced, from, by.length);
    System.arraycopy(bytes, to, spliced, from + by.length, bytes.length - to);
    return spliced;
  }
}
