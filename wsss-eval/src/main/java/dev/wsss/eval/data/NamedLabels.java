package dev.wsss.eval.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads labels off where pictures lie and what they are called: {@code cat/a.jpg}, or {@code
 * cat_01.jpg}. A folder {@code train}, {@code val} or {@code test} above that names a split.
 */
final class NamedLabels {
  private static final Set<String> SPLITS = Set.of("train", "val", "test");
  private static final Set<String> NOTHING = Set.of("background", "none");

  /** A word, then a number. */
  private static final Pattern NUMBERED =
      Pattern.compile("(\\p{L}[\\p{L} _-]*?)[ _-]*\\(?\\d[\\d ._()-]*");

  /** What cameras and programs call their pictures. */
  private static final Set<String> CAMERA =
      Set.of(
          "img",
          "dsc",
          "dscn",
          "dscf",
          "dcim",
          "pxl",
          "p",
          "gopr",
          "dji",
          "mvi",
          "image",
          "photo",
          "picture",
          "pic",
          "scan",
          "screenshot",
          "frame",
          "file");

  private final List<String> pictures;

  NamedLabels(List<String> pictures) {
    this.pictures = pictures;
  }

  /**
   * What is said of a picture.
   *
   * @param split train, unless a folder says otherwise
   * @param label the class; empty where the picture is said to show none
   */
  record Said(String split, String label) {}

  /** By picture, of those of which anything is said; empty where there is no class to be told. */
  Map<String, Said> read() {
    Map<String, Said> byFolder = collect(true);
    long classes = classes(byFolder);
    boolean others = byFolder.values().stream().anyMatch(said -> said.label().isEmpty());
    // All pictures in one folder tell nothing apart.
    if (classes > 1 || (classes == 1 && others)) {
      return byFolder;
    }
    Map<String, Said> byName = collect(false);
    Map<String, Long> sizes =
        byName.values().stream()
            .collect(Collectors.groupingBy(Said::label, TreeMap::new, Collectors.counting()));
    byName.values().removeIf(said -> sizes.getOrDefault(said.label(), 0L) < 2);
    return classes(byName) > 1 && 2 * byName.size() > pictures.size() ? byName : Map.of();
  }

  /** The class that folders name where they name one and no pictures without it. */
  Optional<String> onlyClass() {
    List<String> labels =
        collect(true).values().stream().map(Said::label).distinct().limit(2).toList();
    return labels.size() == 1 && !labels.get(0).isEmpty()
        ? Optional.of(labels.get(0))
        : Optional.empty();
  }

  /** The split that a folder names, train where none does. */
  static String split(String picture) {
    List<String> folders = folders(picture);
    return folders.isEmpty() || !SPLITS.contains(folders.get(0)) ? "train" : folders.get(0);
  }

  private static long classes(Map<String, Said> said) {
    return said.values().stream().map(Said::label).filter(l -> !l.isEmpty()).distinct().count();
  }

  private Map<String, Said> collect(boolean fromFolders) {
    Map<String, Said> said = new LinkedHashMap<>();
    for (String picture : pictures) {
      Optional<String> label = fromFolders ? ofFolder(picture) : ofName(picture);
      label.ifPresent(name -> said.put(picture, new Said(split(picture), name)));
    }
    return said;
  }

  private static Optional<String> ofFolder(String picture) {
    return folders(picture).stream()
        .filter(folder -> !SPLITS.contains(folder))
        .findFirst()
        .map(folder -> NOTHING.contains(folder.toLowerCase(Locale.ROOT)) ? "" : folder);
  }

  private static Optional<String> ofName(String picture) {
    String name = picture.substring(picture.lastIndexOf('/') + 1, picture.lastIndexOf('.'));
    Matcher numbered = NUMBERED.matcher(name);
    return numbered.matches()
            && !CAMERA.contains(numbered.group(1).toLowerCase(Locale.ROOT).strip())
        ? Optional.of(numbered.group(1).strip())
        : Optional.empty();
  }

  private static List<String> folders(String picture) {
    List<String> parts = new ArrayList<>(List.of(picture.split("/", -1)));
    return parts.subList(0, parts.size() - 1);
  }
}
