package dev.wsss.train.provenance;

import dev.wsss.eval.digest.Sha256;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a run's numbers depend on: two runs with equal identities give the same numbers, on whatever
 * machine and in whatever folder.
 *
 * @param training what the networks depend on
 * @param scoring what the scores depend on besides the networks
 * @param data fingerprint of the data set
 */
public record RunIdentity(Part training, Part scoring, String data) {

  public RunIdentity {
    Objects.requireNonNull(training);
    Objects.requireNonNull(scoring);
    Objects.requireNonNull(data);
  }

  /** Whether the networks of both are the same. */
  public boolean trainsLike(RunIdentity other) {
    return changesSince(other).isEmpty();
  }

  /** Whether the scores of both are the same too. */
  public boolean scoresLike(RunIdentity other) {
    return trainsLike(other) && scoring.changesSince(other.scoring).isEmpty();
  }

  /** Why networks trained with another identity are not those of this one, a phrase a change. */
  public List<String> changesSince(RunIdentity before) {
    List<String> changes = new ArrayList<>(training.changesSince(before.training));
    if (!data.equals(before.data)) {
      changes.add("pictures, labels or masks have changed");
    }
    return List.copyOf(changes);
  }

  /**
   * One half of an identity.
   *
   * @param values of the configuration by dotted key
   * @param files that the configuration names, by dotted key; the name of each is its path
   * @param code of the modules that are used, by SPI and module, and of the framework; the name of
   *     each is that of its jar
   */
  public record Part(
      SortedMap<String, String> values,
      SortedMap<String, Content> files,
      SortedMap<String, Content> code) {
    private static final String TYPE = ".type";

    /** Nothing yet. */
    public static Part none() {
      return new Part(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    public Part {
      Objects.requireNonNull(values);
      Objects.requireNonNull(files);
      Objects.requireNonNull(code);
    }

    /**
     * What has changed since the other one, a phrase for each change, such as {@code optimiser.rate
     * was 0.1 and is 0.2}; empty where both are equal.
     */
    public List<String> changesSince(Part before) {
      List<String> changes = new ArrayList<>(settingsChangedSince(before));
      changes.addAll(codeChangedSince(before));
      return List.copyOf(changes);
    }

    /** The phrases about values and files alone. */
    List<String> settingsChangedSince(Part before) {
      List<String> changes = new ArrayList<>();
      Set<String> replaced = new HashSet<>();
      for (String key : union(values, before.values)) {
        if (key.endsWith(TYPE) && !Objects.equals(values.get(key), before.values.get(key))) {
          replaced.add(key.substring(0, key.length() - TYPE.length()));
          changes.add(change(key, before));
        }
      }
      for (String key : union(values, before.values)) {
        if (!Objects.equals(values.get(key), before.values.get(key)) && isNoneOf(replaced, key)) {
          changes.add(change(key, before));
        }
      }
      for (String key : union(files, before.files)) {
        Content now = files.get(key);
        Content then = before.files.get(key);
        if (isNoneOf(replaced, key) && (now == null || then == null || !now.isSame(then))) {
          changes.add(
              then == null
                  ? key + " is new"
                  : now == null ? key + " is gone" : "the content of " + key + " has changed");
        }
      }
      return changes;
    }

    private String change(String key, Part before) {
      String now = values.get(key);
      String then = before.values.get(key);
      String shown = key.endsWith(TYPE) ? key.substring(0, key.length() - TYPE.length()) : key;
      return then == null
          ? shown + " is new"
          : now == null ? shown + " is gone" : shown + " was " + then + " and is " + now;
    }

    /** Of a module that was replaced, its own keys say nothing more. */
    private static boolean isNoneOf(Set<String> blocks, String key) {
      return blocks.stream().noneMatch(block -> key.startsWith(block + "."));
    }

    /** The phrases about code alone. */
    Set<String> codeChangedSince(Part before) {
      Set<String> changes = new TreeSet<>();
      code.forEach(
          (module, now) -> {
            Content then = before.code.get(module);
            if (then != null && !now.isSame(then)) {
              changes.add(
                  now.name().equals(then.name())
                      ? "the code in " + now.name() + " has changed"
                      : "the code in " + then.name() + " is now that in " + now.name());
            }
          });
      return changes;
    }

    /** The same values and files with the keys that they have below another one. */
    public Part under(String key) {
      Part below = new Part(new TreeMap<>(), new TreeMap<>(), code);
      values.forEach((name, value) -> below.values.put(key + "." + name, value));
      files.forEach((name, content) -> below.files.put(key + "." + name, content));
      return below;
    }

    /** This part for a run that other code has begun: the numbers come from both. */
    Part begunWith(Part before) {
      SortedMap<String, Content> both = new TreeMap<>();
      code.forEach(
          (module, now) -> {
            Content then = before.code.getOrDefault(module, now);
            both.put(module, now.isSame(then) ? then : then.and(now));
          });
      return new Part(values, files, both);
    }

    private static Set<String> union(Map<String, ?> a, Map<String, ?> b) {
      Set<String> keys = new TreeSet<>(a.keySet());
      keys.addAll(b.keySet());
      return keys;
    }
  }

  /**
   * Something that is told apart by its content.
   *
   * @param name for people
   * @param sha256 64 hexadecimal digits; empty where the content could not be read
   */
  public record Content(String name, String sha256) {

    /** Both, one after the other. */
    Content and(Content later) {
      return new Content(
          name.equals(later.name) ? name : name + ", " + later.name,
          Sha256.of(sha256 + " " + later.sha256));
    }

    /** Whether the contents are equal; the names, where one of them is unknown. */
    boolean isSame(Content other) {
      boolean bothAreKnown = !sha256.isEmpty() && !other.sha256.isEmpty();
      return bothAreKnown ? sha256.equals(other.sha256) : name.equals(other.name);
    }
  }
}
