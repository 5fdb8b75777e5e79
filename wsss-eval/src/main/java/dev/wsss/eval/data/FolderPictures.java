package dev.wsss.eval.data;

import dev.wsss.eval.image.PictureFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What lies below a folder of pictures, told apart by names; hidden files and the data set's own
 * are neither.
 *
 * @param pictures sorted
 * @param others files that are not called like a picture that can be read, sorted
 */
record FolderPictures(List<String> pictures, List<String> others) {
  private static final Set<String> OWN = Set.of("labels.csv", "classes.txt");

  /** Of kinds of other files, the most frequent ones. */
  private static final int SHOWN = 5;

  static FolderPictures of(DataFolder folder) {
    List<String> pictures = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (String file : folder.files(FolderFiles.pictures(folder.root()))) {
      boolean hidden = file.startsWith(".") || file.contains("/.");
      if (!hidden && !file.startsWith("masks/") && !OWN.contains(file)) {
        (PictureFile.isPictureName(file) ? pictures : others).add(file);
      }
    }
    return new FolderPictures(pictures, others);
  }

  /** Says that there are other files, and what to do if they are pictures; empty where none are. */
  Optional<String> passedBy() {
    if (others.isEmpty()) {
      return Optional.empty();
    }
    String convert = "pictures must be JPEG, PNG, WebP or TIFF, so convert those that are not";
    return Optional.of(
        others.size() == 1
            ? "1 file is passed by, %s; %s".formatted(others.get(0), convert)
            : "%d files are passed by: %s, the first %s; %s"
                .formatted(others.size(), kinds(), others.get(0), convert));
  }

  private String kinds() {
    Map<String, Integer> kinds = new TreeMap<>();
    others.forEach(file -> kinds.merge(kind(file), 1, Integer::sum));
    String shown =
        kinds.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder())) // stable: then by name
            .limit(SHOWN)
            .map(kind -> kind.getValue() + " " + kind.getKey())
            .collect(Collectors.joining(", "));
    return kinds.size() > SHOWN ? shown + " and others" : shown;
  }

  private static String kind(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "without an extension" : name.substring(dot).toLowerCase(Locale.ROOT);
  }
}
