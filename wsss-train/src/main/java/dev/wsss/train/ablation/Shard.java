package dev.wsss.train.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share of an ablation's runs, which a process of its own can work on beside the others, on
 * another machine too. All shares together are the ablation; no two hold the same run, nor two runs
 * that are equal.
 *
 * @param number of the share, from 1
 * @param of how many shares there are
 */
public record Shard(int number, int of) {
  private static final Pattern FORM = Pattern.compile("\\s*(-?\\d{1,9})\\s*/\\s*(-?\\d{1,9})\\s*");

  /** Refuses a share that is not there. */
  public Shard {
    if (of < 1) {
      throw new IllegalArgumentException(
          "there are " + of + " shares; allowed is 1 or more, for example 1/3");
    }
    if (number < 1 || number > of) {
      throw new IllegalArgumentException(
          "there is no share "
              + number
              + "; they count from 1, so allowed are 1/"
              + of
              + " to "
              + of
              + "/"
              + of
              + "; did you mean '"
              + Math.min(of, Math.max(1, number))
              + "/"
              + of
              + "'?");
    }
  }

  /**
   * Reads a share such as {@code 2/3}.
   *
   * @throws IllegalArgumentException if it is none; the message says what is allowed
   */
  public static Shard parse(String text) {
    Matcher found = FORM.matcher(text);
    if (!found.matches()) {
      throw new IllegalArgumentException(
          "is not of the form i/n, the i-th of n shares counted from 1; for example 1/3");
    }
    return new Shard(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)));
  }

  /**
   * The runs of this share, in the plan's order. They are dealt like cards, each round beginning
   * with the next share: where there are as many shares as cells, a costly cell is not always the
   * same share's. What is finished counts like the rest, so that it does not matter when a share
   * starts.
   */
  List<Standing> of(List<Standing> all) {
    List<Standing> distinct = new ArrayList<>();
    List<Standing> mine = new ArrayList<>();
    for (Standing standing : all) {
      int place = 0;
      while (place < distinct.size()
          && !distinct.get(place).identity().scoresLike(standing.identity())) {
        place++;
      }
      if (place == distinct.size()) {
        distinct.add(standing);
      }
      if ((place + place / of) % of == number - 1) {
        mine.add(standing);
      }
    }
    return mine;
  }

  @Override
  public String toString() {
    return number + "/" + of;
  }
}
