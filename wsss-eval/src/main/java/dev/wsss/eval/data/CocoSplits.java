package dev.wsss.eval.data;

import dev.wsss.api.config.Spelling;
import dev.wsss.api.data.DataException;
import dev.wsss.eval.data.CocoConfig.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the files of the splits of a {@link CocoDataset}. */
final class CocoSplits {
  static final String ANNOTATIONS = "annotations";
  private static final String LAYOUT =
      "annotations/instances_train2014.json and train2014/, the same of val, or those of another year";
  private static final Pattern INSTANCES = Pattern.compile("instances_(train|val)(\\d*)\\.json");
  private static final String EXAMPLE =
      "for example data.splits: {train: {annotations: %s, images: %s}}";

  private final DataFolder folder;

  private CocoSplits(Path root) {
    folder = new DataFolder(root, LAYOUT);
  }

  /** Whether a folder looks like COCO. */
  static boolean areIn(Path root) {
    return Files.isDirectory(root.resolve(ANNOTATIONS))
        && !new CocoSplits(root).instances().isEmpty();
  }

  /**
   * What a configuration names, or what is there.
   *
   * @throws DataException if a file or folder is missing, or several years are there
   */
  static Map<String, Split> of(Path root, Map<String, Split> configured) {
    CocoSplits splits = new CocoSplits(root);
    splits.folder.require();
    if (configured.isEmpty()) {
      return splits.find();
    }
    configured.forEach(splits::require);
    return configured;
  }

  private void require(String split, Split files) {
    Path annotations = folder.root().resolve(files.annotations());
    if (!Files.exists(annotations)) {
      throw new DataException(
          "no file %s (key data.splits.%s.annotations)%s"
              .formatted(annotations, split, Spelling.suggestion(files.annotations(), below())));
    }
    Path images = folder.root().resolve(files.images());
    if (!Files.isDirectory(images)) {
      throw new DataException("no folder %s (key data.splits.%s.images)".formatted(images, split));
    }
  }

  private Map<String, Split> find() {
    folder.require(ANNOTATIONS);
    List<MatchResult> found = instances();
    Set<String> years =
        found.stream().map(name -> name.group(2)).collect(Collectors.toCollection(TreeSet::new));
    if (found.isEmpty()) {
      throw new DataException(
          "no instances_train2014.json, nor another year's or of val, in %s (key data.root); other names belong into data.splits, %s"
              .formatted(
                  folder.root().resolve(ANNOTATIONS),
                  EXAMPLE.formatted(ANNOTATIONS + "/my.json", "my-pictures")));
    }
    if (years.size() > 1) {
      throw new DataException(
          "%s has instances of several years: %s; say which belong to the data set, %s"
              .formatted(
                  folder.root().resolve(ANNOTATIONS),
                  found.stream().map(MatchResult::group).collect(Collectors.joining(", ")),
                  EXAMPLE.formatted(
                      ANNOTATIONS + "/" + found.get(0).group(),
                      found.get(0).group(1) + found.get(0).group(2))));
    }
    Map<String, Split> splits = new LinkedHashMap<>();
    for (MatchResult name : found) {
      splits.put(
          name.group(1),
          new Split(
              ANNOTATIONS + "/" + name.group(),
              images(name.group(), name.group(1) + name.group(2))));
    }
    return splits;
  }

  /** Some keep the folders of pictures in one more folder. */
  private String images(String annotations, String name) {
    return Stream.of(name, "images/" + name)
        .filter(images -> Files.isDirectory(folder.root().resolve(images)))
        .findFirst()
        .orElseThrow(
            () ->
                new DataException(
                    "no folder %s or images/%1$s in %s (key data.root) with the pictures of annotations/%s; other names belong into data.splits, %s"
                        .formatted(
                            name,
                            folder.root(),
                            annotations,
                            EXAMPLE.formatted(ANNOTATIONS + "/" + annotations, "my-pictures"))));
  }

  /** Files of instances, train before val. */
  private List<MatchResult> instances() {
    return below().stream()
        .map(name -> INSTANCES.matcher(name.substring(ANNOTATIONS.length() + 1)))
        .filter(Matcher::matches)
        .map(Matcher::toMatchResult)
        .toList();
  }

  private Set<String> below() {
    Path annotations = folder.root().resolve(ANNOTATIONS);
    if (!Files.isDirectory(annotations)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(annotations)) {
      return files
          .map(file -> ANNOTATIONS + "/" + file.getFileName())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new DataException(annotations + ": cannot be listed (" + e + ")", e);
    }
  }
}
