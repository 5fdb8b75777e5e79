package dev.wsss.eval.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is known of a picture that was labelled.
 *
 * @param file absolute path of the picture
 * @param bytes of the file, and
 * @param modified when it was changed, in ms: whether it is the same still
 * @param name of what was written, without extension
 * @param labels names of the classes, separated by semicolons
 * @param probabilities of K classes
 * @param shares of the picture's area, 0…1: background, K classes, not counted
 */
record LabelledRow(
    String file,
    long bytes,
    long modified,
    String image,
    String name,
    int width,
    int height,
    String labels,
    List<String> probabilities,
    List<String> shares) {
  private static final int FIXED = 8;
  private static final String END = ".";

  /** As fields of a table; the last says that the row is whole. */
  List<String> fields() {
    List<String> fields = new ArrayList<>();
    fields.add(file);
    fields.add(Long.toString(bytes));
    fields.add(Long.toString(modified));
    fields.add(image);
    fields.add(name);
    fields.add(Integer.toString(width));
    fields.add(Integer.toString(height));
    fields.add(labels);
    fields.addAll(probabilities);
    fields.addAll(shares);
    fields.add(END);
    return fields;
  }

  static boolean isWhole(List<String> fields, int classes) {
    return fields.size() == FIXED + 2 * classes + 3 && fields.get(fields.size() - 1).equals(END);
  }

  static LabelledRow of(List<String> fields, int classes) {
    return new LabelledRow(
        fields.get(0),
        Long.parseLong(fields.get(1)),
        Long.parseLong(fields.get(2)),
        fields.get(3),
        fields.get(4),
        Integer.parseInt(fields.get(5)),
        Integer.parseInt(fields.get(6)),
        fields.get(7),
        List.copyOf(fields.subList(FIXED, FIXED + classes)),
        List.copyOf(fields.subList(FIXED + classes, fields.size() - 1)));
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
