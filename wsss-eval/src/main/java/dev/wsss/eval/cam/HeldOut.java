package dev.wsss.eval.cam;

import dev.wsss.api.data.Example;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses the training pictures that are set apart for choosing thresholds.
 *
 * <p>The choice depends on the pictures' names and the seed given here only, so that it is the same
 * for every training seed, cell and order of the list, and changes little as pictures are added.
 */
public final class HeldOut {

  private HeldOut() {}

  /**
   * The rounded share of the pictures, in their order: those with the smallest hash of name and
   * seed. A share above 0 gives at least one picture, a share below 1 leaves at least one.
   *
   * @param share 0…1
   */
  public static List<Example> choose(List<Example> train, double share, long seed) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a held-out share of " + share + "; allowed are 0…1");
    }
    Set<String> chosen = new HashSet<>();
    train.stream()
        .map(Example::id)
        .sorted(Comparator.comparingLong((String id) -> hash(id, seed)).thenComparing(id -> id))
        .limit(count(train.size(), share))
        .forEach(chosen::add);
    return train.stream().filter(example -> chosen.contains(example.id())).toList();
  }

  private static long count(int pictures, double share) {
    long rounded = Math.round(pictures * share);
    long least = share > 0 ? 1 : 0;
    long most = share < 1 ? pictures - 1L : pictures;
    return Math.max(0, Math.min(Math.max(rounded, least), most));
  }

  /** FNV-1a over the characters, then the finaliser of SplitMix64; negative ones come first. */
  private static long hash(String id, long seed) {
    long hash = 0xcbf29ce484222325L ^ seed;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
