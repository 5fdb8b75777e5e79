package dev.wsss.eval.image;

import dev.wsss.api.config.Spelling;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.IndexMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which mask index each value of a mask file stands for, 0…255 each. A value that nothing is said
 * of stands for itself. Immutable.
 */
public final class MaskValues {
  private static final String IGNORE = "ignore";

  private final ClassNames classes;
  private final byte[] indices = new byte[256];

  private MaskValues(ClassNames classes) {
    this.classes = classes;
    for (int value = 0; value < indices.length; value++) {
      indices[value] = (byte) value;
    }
  }

  /** Every value stands for itself. */
  public static MaskValues asTheyAre(ClassNames classes) {
    return new MaskValues(classes);
  }

  /**
   * Reads what a configuration says of values.
   *
   * @param meanings by value 0…255: a class's name, {@code background}, {@code ignore}, or a mask
   *     index
   * @throws DataException naming a value or a meaning that is none
   */
  public static MaskValues of(ClassNames classes, Map<String, String> meanings) {
    MaskValues values = new MaskValues(classes);
    meanings.forEach(
        (value, meaning) -> {
          int number = number(value);
          if (number < 0) {
            throw new DataException(
                "data.mask-values: '%s' is no value of a mask; values are 0 to 255"
                    .formatted(value));
          }
          values.indices[number] = (byte) values.index(value, meaning);
        });
    return values;
  }

  private int index(String value, String meaning) {
    int k = classes.foreground().indexOf(meaning);
    if (k >= 0) {
      return k + 1;
    } else if (meaning.equals(ClassNames.BACKGROUND)) {
      return 0;
    } else if (meaning.equals(IGNORE)) {
      return IndexMask.IGNORE;
    }
    int index = number(meaning);
    if (!isIndex(index)) {
      List<String> names = new ArrayList<>(List.of(ClassNames.BACKGROUND, IGNORE));
      names.addAll(classes.foreground());
      throw new DataException(
          "data.mask-values: %s stands for '%s', which is no class; allowed are %s, and indices 0 to %d%s"
              .formatted(
                  value,
                  meaning,
                  String.join(", ", names),
                  classes.count(),
                  Spelling.suggestion(meaning, names)));
    }
    return index;
  }

  private static int number(String text) {
    return text.matches("\\d{1,3}") && Integer.parseInt(text) <= 255 ? Integer.parseInt(text) : -1;
  }

  private boolean isIndex(int index) {
    return index == IndexMask.IGNORE || (index >= 0 && index <= classes.count());
  }

  /** The mask index that a value stands for; −1 where it is no class. */
  int indexOf(int value) {
    int index = indices[value] & 0xff;
    return isIndex(index) ? index : -1;
  }

  ClassNames classes() {
    return classes;
  }
}
