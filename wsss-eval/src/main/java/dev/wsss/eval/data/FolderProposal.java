package dev.wsss.eval.data;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.eval.data.NamedLabels.Said;
import dev.wsss.eval.image.PictureFile;
import dev.wsss.eval.report.IoReason;
import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;

/**
 * What a folder of pictures still needs to be learned from (docs/data.md): {@code labels.csv} and
 * {@code classes.txt} where they are missing, from the names of sub-folders or of the pictures, or
 * with labels left to be filled in. Looking decodes every picture and writes nothing. A folder in
 * COCO's layout needs nothing; its annotations are read, and no picture.
 *
 * @param root the folder
 * @param type of the data set that reads it: {@code folder} or {@code coco}
 * @param files content of each missing file, by name
 * @param facts what was found, for people, a line each
 * @param isReady whether the folder can be learned from once the files are written
 * @param hasUnlabelled whether pictures without a label belong to it: {@code data.unlabelled=keep}
 */
public record FolderProposal(
    Path root,
    String type,
    Map<String, String> files,
    List<String> facts,
    boolean isReady,
    boolean hasUnlabelled) {
  private static final String FOLDER = "folder";
  private static final String TABLE = "labels.csv";
  private static final String CLASSES = "classes.txt";
  private static final int SHOWN = 10;

  /** A class with fewer pictures is hardly learned. */
  private static final int FEW = 10;

  /** Of the pictures that all have masks, every fifth is set apart to score with. */
  private static final int SCORED = 5;

  public FolderProposal {
    files = Map.copyOf(files);
    facts = List.copyOf(facts);
  }

  /**
   * Looks at a folder.
   *
   * @throws DataException if it is none, or holds no picture
   */
  public static FolderProposal of(Path root) {
    return of(root, LookListener.SILENT);
  }

  /**
   * Looks at a folder, and tells how that goes on: every picture is decoded.
   *
   * @throws DataException if it is none, or holds no picture
   */
  public static FolderProposal of(Path root, LookListener listener) {
    if (CocoSplits.areIn(root)) {
      List<String> facts = new ArrayList<>(List.of("COCO's layout"));
      CocoDataset data = new CocoDataset(CocoConfig.usual(root));
      tell(facts, data.classes(), data.splits(), data::examples);
      return new FolderProposal(root, "coco", Map.of(), facts, true, false);
    }
    DataFolder folder = new DataFolder(root, "pictures, in images/ or as they are");
    folder.require();
    String below = FolderFiles.pictures(root);
    FolderPictures found = FolderPictures.of(folder);
    List<String> pictures = found.pictures();
    if (pictures.isEmpty()) {
      throw new DataException(
          "no picture in %s; %s"
              .formatted(
                  root.resolve(below),
                  found.passedBy().orElse("expected are JPEG, PNG, WebP or TIFF files")));
    }
    List<String> facts = new ArrayList<>();
    facts.add(pictures.size() == 1 ? "1 picture" : pictures.size() + " pictures");
    found.passedBy().ifPresent(facts::add);
    PictureCheck check = PictureCheck.of(root.resolve(below), pictures, listener);
    tell(
        facts,
        "cannot be used",
        "cannot be used",
        check.broken(),
        (picture, why) -> picture + ": " + why);
    tell(
        facts,
        "is a copy of another",
        "are copies of others",
        check.copies(),
        (copy, of) -> copy + " is " + of);
    List<String> usable = check.usable(pictures);
    return Files.exists(root.resolve(TABLE))
        ? ofTable(folder, Set.copyOf(usable), facts)
        : ofNames(root, usable, facts);
  }

  private static void tell(
      List<String> facts,
      String one,
      String several,
      Map<String, String> found,
      BinaryOperator<String> line) {
    if (!found.isEmpty()) {
      facts.add(found.size() + " " + (found.size() == 1 ? one : several) + ":");
      found.entrySet().stream()
          .limit(SHOWN)
          .forEach(entry -> facts.add("  " + line.apply(entry.getKey(), entry.getValue())));
      if (found.size() > SHOWN) {
        facts.add("  and " + (found.size() - SHOWN) + " more");
      }
    }
  }

  /** The table stands: classes come from it, if they are missing. */
  private static FolderProposal ofTable(DataFolder folder, Set<String> usable, List<String> facts) {
    Path root = folder.root();
    Path table = root.resolve(TABLE);
    if (Files.exists(root.resolve(CLASSES))) {
      FolderDataset data = asARunReads(root);
      tellUnlisted(facts, usable, table, LabelTable.read(table));
      boolean unlabelled = tell(facts, data.classes(), data.splits(), data::examples);
      return new FolderProposal(root, FOLDER, Map.of(), facts, true, unlabelled);
    }
    List<LabelTable.Row> rows = LabelTable.read(table);
    tellUnlisted(facts, usable, table, rows);
    Set<String> labels = LabelTable.classes(rows);
    if (labels.isEmpty()) {
      facts.add(TABLE + " has no labels yet; fill in its column labels, such as cat;dog");
      return new FolderProposal(root, FOLDER, Map.of(), facts, false, false);
    }
    ClassNames classes = ClassFile.of(table, labels);
    DataProblems problems = new DataProblems();
    Splits splits = new FolderTable(folder, classes, Unlabelled.KEEP, problems).read();
    problems.throwIfAny(root);
    boolean unlabelled = tell(facts, classes, splits.names(), splits::examples);
    Map<String, String> files = Map.of(CLASSES, String.join("\n", labels) + "\n");
    return new FolderProposal(root, FOLDER, files, facts, true, unlabelled);
  }

  private static FolderDataset asARunReads(Path root) {
    return new FolderDataset(
        new FolderConfig(root, Unlabelled.KEEP, Map.of(), PictureFile.MAX_PIXELS));
  }

  /** Pictures that were added after the table. */
  private static void tellUnlisted(
      List<String> facts, Set<String> usable, Path table, List<LabelTable.Row> rows) {
    Set<String> listed =
        rows.stream()
            .map(row -> FolderTable.belowImages(row.picture(), usable))
            .collect(Collectors.toSet());
    Map<String, String> unlisted = new TreeMap<>();
    usable.stream().filter(p -> !listed.contains(p)).forEach(p -> unlisted.put(p, p));
    if (!unlisted.isEmpty()) {
      String first = unlisted.values().iterator().next();
      String advice =
          "not in %s, so not used; add lines such as %s, or move the table away and start this again"
              .formatted(TABLE, LabelTable.line(table, first, NamedLabels.split(first), "LABELS"));
      tell(facts, "is " + advice, "are " + advice, unlisted, (picture, same) -> same);
    }
  }

  /** Counts the labels of each split; returns whether there are pictures without one. */
  private static boolean tell(
      List<String> facts,
      ClassNames classes,
      List<String> splits,
      Function<String, List<Example>> examples) {
    boolean unlabelled = false;
    for (String split : splits) {
      Map<String, Integer> counts = new TreeMap<>();
      int without = 0;
      for (Example example : examples.apply(split)) {
        example.labels().stream()
            .forEach(k -> counts.merge(classes.foreground().get(k), 1, Integer::sum));
        without += example.labels().isEmpty() ? 1 : 0;
      }
      unlabelled |= without > 0;
      count(facts, classes, split, examples.apply(split).size(), counts, without);
    }
    return unlabelled;
  }

  private static FolderProposal ofNames(Path root, List<String> usable, List<String> facts) {
    NamedLabels names = new NamedLabels(usable);
    Map<String, Said> said = names.read();
    boolean known = !said.isEmpty();
    List<String> listed = usable.stream().filter(p -> !known || said.containsKey(p)).toList();
    Map<String, String> left = new LinkedHashMap<>();
    usable.stream().filter(p -> !listed.contains(p)).forEach(p -> left.put(p, ""));
    tell(
        facts,
        "has no label and is left out of " + TABLE,
        "have no label and are left out of " + TABLE,
        left,
        (picture, nothing) -> picture);
    List<String> masked =
        listed.stream()
            .filter(p -> Files.exists(root.resolve("masks").resolve(FolderTable.maskName(p))))
            .toList();
    StringBuilder table = new StringBuilder("image,split,labels\n");
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    Map<String, Integer> pictures = new TreeMap<>();
    Map<String, Integer> without = new TreeMap<>();
    for (String picture : listed) {
      String split = split(picture, masked, listed.size());
      String label = known ? said.getOrDefault(picture, new Said(split, "")).label() : "";
      table.append(CSVFormat.DEFAULT.format(picture, split, label)).append('\n');
      pictures.merge(split, 1, Integer::sum);
      if (label.isEmpty()) {
        without.merge(split, 1, Integer::sum);
      } else {
        counts.computeIfAbsent(split, s -> new TreeMap<>()).merge(label, 1, Integer::sum);
      }
    }
    Map<String, String> files = new LinkedHashMap<>(Map.of(TABLE, table.toString()));
    if (!known) {
      facts.add(
          names
                  .onlyClass()
                  .map(
                      name ->
                          "the only class that folders name is '%s', and to learn it takes pictures without it: add a folder of another class, or background/ with pictures of none, delete %s and start this again; or"
                              .formatted(name, TABLE))
                  .orElse("neither folders nor names say what the pictures show;")
              + " fill in the third column of "
              + TABLE
              + ", such as cat;dog, and start this again");
      return new FolderProposal(root, FOLDER, files, facts, false, false);
    }
    List<String> labels =
        said.values().stream()
            .map(Said::label)
            .filter(label -> !label.isEmpty())
            .distinct()
            .sorted()
            .toList();
    ClassNames classes = classes(root, labels);
    pictures.forEach(
        (split, of) ->
            count(
                facts,
                classes,
                split,
                of,
                counts.getOrDefault(split, Map.of()),
                without.getOrDefault(split, 0)));
    if (!Files.exists(root.resolve(CLASSES))) {
      files.put(CLASSES, String.join("\n", labels) + "\n");
    }
    return new FolderProposal(root, FOLDER, files, facts, true, !without.isEmpty());
  }

  /** Those that are listed, or else those of the labels. */
  private static ClassNames classes(Path root, List<String> labels) {
    Path file = root.resolve(CLASSES);
    if (!Files.exists(file)) {
      return ClassFile.of(file, labels);
    }
    DataProblems problems = new DataProblems();
    ClassNames listed = ClassFile.read(file, problems);
    problems.throwIfAny(root);
    return listed;
  }

  /** That of its folder; else the masks decide: some pictures have one, or a fifth of all. */
  private static String split(String picture, List<String> masked, int all) {
    String named = NamedLabels.split(picture);
    int at = masked.indexOf(picture);
    if (!named.equals("train") || at < 0) {
      return named;
    }
    return masked.size() < all || at % SCORED == SCORED - 1 ? "val" : "train";
  }

  private static void count(
      List<String> facts,
      ClassNames classes,
      String split,
      int pictures,
      Map<String, Integer> counts,
      int without) {
    List<String> of = new ArrayList<>(List.of(String.valueOf(pictures)));
    counts.forEach((label, count) -> of.add(label + " " + count));
    if (without > 0) {
      of.add("without a label " + without);
    }
    facts.add("split " + split + ": " + String.join(", ", of));
    List<String> few =
        counts.entrySet().stream().filter(e -> e.getValue() < FEW).map(Map.Entry::getKey).toList();
    if (split.equals("train")) {
      if (!few.isEmpty()) {
        facts.add("fewer than " + FEW + " pictures to learn from: " + String.join(", ", few));
      }
      facts.addAll(UnlearnableClasses.warnings(classes, pictures, counts));
    }
  }

  /**
   * Writes the missing files, each whole, and then reads the folder as a run would.
   *
   * @throws DataException if a file has come into being meanwhile, cannot be written, or the folder
   *     cannot be used
   */
  public void write() {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path target = root.resolve(file.getKey());
      if (Files.exists(target)) {
        throw new DataException(target + " exists; nothing is overwritten");
      }
      try {
        WholeFile.write(target, to -> Files.writeString(to, file.getValue()));
      } catch (IOException e) {
        throw new DataException(target + ": cannot be written (" + IoReason.of(e) + ")", e);
      }
    }
    if (isReady && type.equals(FOLDER)) {
      asARunReads(root);
    }
  }
}
