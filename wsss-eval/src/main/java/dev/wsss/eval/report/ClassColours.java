package dev.wsss.eval.report;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.IndexMask;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The colours that explain masks of a picture. */
public final class ClassColours {
  private ClassColours() {}

  /**
   * Those of a picture's labels and of what its masks hold besides, as CSS writes them, by the name
   * of the class, in the order of classes.
   *
   * @param labels indices of foreground classes, from 0
   */
  public static Map<String, String> of(ClassNames classes, BitSet labels, List<IndexMask> masks) {
    BitSet indices = new BitSet();
    labels.stream().forEach(k -> indices.set(k + 1));
    for (IndexMask mask : masks) {
      for (byte index : mask.indices()) {
        indices.set(index & 0xff);
      }
    }
    Map<String, String> colours = new LinkedHashMap<>();
    indices.stream()
        .filter(index -> index > 0 && index <= classes.count())
        .forEach(index -> colours.put(classes.ofMaskIndex(index), PictureTile.colour(index)));
    return colours;
  }
}
