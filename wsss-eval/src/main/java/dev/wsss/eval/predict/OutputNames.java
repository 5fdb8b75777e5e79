package dev.wsss.eval.predict;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Gives every picture a name of its own for what is written of it: its listed name without the
 * extension; where that is taken, with the extension if it is another, then with the folders above
 * it, then with a number. Names that differ in capitals only count as the same, as they are on some
 * file systems.
 */
final class OutputNames {
  private final Set<String> taken = new HashSet<>();
  private final Set<String> listed = new HashSet<>();

  /** Marks a name that was given before to a picture so listed. */
  void take(String name, String image) {
    taken.add(key(name));
    listed.add(key(image));
  }

  /** Whether another picture is listed under that name. */
  boolean isListed(String image) {
    return listed.contains(key(image));
  }

  /** A name that no other picture has, with {@code /} between folders. */
  String next(SourcePicture picture) {
    List<String> candidates = candidates(picture);
    if (!listed.add(key(picture.name()))) {
      candidates.remove(picture.name()); // its extension would not tell it from the other one
    }
    for (String candidate : candidates) {
      if (taken.add(key(candidate))) {
        return candidate;
      }
    }
    String last = candidates.get(0);
    for (int i = 2; ; i++) {
      if (taken.add(key(last + "-" + i))) {
        return last + "-" + i;
      }
    }
  }

  private static List<String> candidates(SourcePicture picture) {
    String stem = stem(picture.name());
    List<String> names = new ArrayList<>(List.of(stem, picture.name()));
    Path folder = picture.file().toAbsolutePath().normalize().getParent();
    // The listed name may hold folders already.
    long known = picture.name().chars().filter(c -> c == '/').count();
    for (; known > 0 && folder != null; known--) {
      folder = folder.getParent();
    }
    String longer = stem;
    while (folder != null && folder.getFileName() != null) {
      longer = folder.getFileName() + "/" + longer;
      names.add(longer);
      folder = folder.getParent();
    }
    return names;
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
