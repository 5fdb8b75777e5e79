package dev.wsss.eval.data;

import dev.wsss.api.config.Spelling;
import dev.wsss.api.data.Example;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the lists of PASCAL VOC: a file for each split, a picture's name on each line. */
final class VocLists {
  static final String FOLDER = "ImageSets/Segmentation";

  private final DataFolder folder;
  private final VocLabels labels;
  private final Unlabelled unlabelled;
  private final DataProblems problems;
  private final Set<String> pictures;
  private final Map<String, Example> known = new HashMap<>();

  VocLists(
      DataFolder folder,
      Set<String> pictures,
      VocLabels labels,
      Unlabelled unlabelled,
      DataProblems problems) {
    this.folder = folder;
    this.pictures = pictures;
    this.labels = labels;
    this.unlabelled = unlabelled;
    this.problems = problems;
  }

  /** A split for each list, by name. */
  Splits read() {
    Map<String, List<Example>> bySplit = new LinkedHashMap<>();
    SplitNames splitNames = new SplitNames();
    for (String split : lists()) {
      splitNames
          .other(split)
          .ifPresent(
              other ->
                  problems.add(
                      folder.root().resolve(FOLDER) + ": " + SplitNames.alike(split, other)));
      bySplit.put(split, examples(folder.root().resolve(FOLDER).resolve(split + ".txt")));
    }
    if (bySplit.isEmpty()) {
      problems.add(folder.root().resolve(FOLDER) + ": no list of pictures, for example train.txt");
    }
    return new Splits(bySplit, folder.root().resolve(FOLDER));
  }

  private List<Example> examples(Path list) {
    Map<String, Long> lines = new HashMap<>();
    List<Example> examples = new ArrayList<>();
    for (TextLines.Line line : TextLines.read(list).lines()) {
      String id = line.text();
      Long before = lines.putIfAbsent(id, line.number());
      if (before != null) {
        problems.add(
            list, line.number(), "picture '%s' is listed already in line %d".formatted(id, before));
      } else if (!pictures.contains(id)) {
        problems.add(
            list,
            line.number(),
            "no picture '%s' (JPEGImages/%1$s.jpg)".formatted(id),
            () -> Spelling.suggestion(id, pictures));
      } else {
        examples.add(known.computeIfAbsent(id, key -> example(key, list, line.number())));
      }
    }
    return examples;
  }

  private Example example(String id, Path list, long line) {
    Stopping.check(); // labels may come from thousands of files
    int before = problems.count();
    BitSet classes = labels.of(id, problems);
    if (classes.isEmpty() && unlabelled == Unlabelled.FAIL && problems.count() == before) {
      problems.add(
          list,
          line,
          "picture '%s' has no label in %s; 'unlabelled: keep' takes it as background"
              .formatted(id, labels.place(id)));
    }
    return new Example(id, classes);
  }

  private List<String> lists() {
    return folder.files(FOLDER).stream()
        .filter(name -> name.endsWith(".txt"))
        .map(name -> name.substring(0, name.length() - ".txt".length()))
        .toList();
  }
}
