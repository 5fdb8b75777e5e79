package dev.wsss.eval.data;

import dev.wsss.api.config.Spelling;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.eval.coco.InstanceFile;
import dev.wsss.eval.coco.Instances;
import dev.wsss.eval.coco.Instances.Category;
import dev.wsss.eval.data.CocoConfig.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the annotations of a {@link CocoDataset} and finds its pictures. */
final class CocoPictures {
  private static final String TABLE = "labels.csv";

  private final CocoConfig config;
  private final DataProblems problems;
  private final ClassNames classes;
  private final Splits splits;
  private final Map<String, Annotated> byId = new HashMap<>();

  /**
   * A picture with what is known of it.
   *
   * @param instances in which it is described
   */
  record Annotated(Path file, Instances instances, Instances.Picture picture) {}

  /**
   * What a split is made of.
   *
   * @param folder of its pictures
   */
  private record Read(String split, String folder, Instances instances) {}

  CocoPictures(CocoConfig config, DataProblems problems) {
    this.config = config;
    this.problems = problems;
    Path root = config.root();
    Map<String, Split> sources = CocoSplits.of(root, config.splits());
    List<Read> read = read(sources);
    problems.throwIfAny(root);
    classes = classes(read.get(0).instances());
    problems.throwIfAny(root);
    splits = splits(read);
    problems.throwIfAny(root);
  }

  ClassNames classes() {
    return classes;
  }

  Splits splits() {
    return splits;
  }

  Annotated of(String id) {
    Annotated annotated = byId.get(id);
    if (annotated == null) {
      throw new IllegalArgumentException("no picture '" + id + "'");
    }
    return annotated;
  }

  private List<Read> read(Map<String, Split> sources) {
    Map<Path, Instances> byFile = new HashMap<>();
    List<Read> splits = new ArrayList<>();
    SplitNames names = new SplitNames();
    sources.forEach(
        (split, source) -> {
          names.other(split).ifPresent(other -> problems.add(SplitNames.alike(split, other)));
          Path file = config.root().resolve(source.annotations());
          Instances instances =
              byFile.computeIfAbsent(file, path -> new InstanceFile(path).read(problems::add));
          splits.add(new Read(split, source.images(), instances));
        });
    splits.forEach(read -> requireSame(splits.get(0).instances(), read.instances()));
    return splits;
  }

  private void requireSame(Instances first, Instances other) {
    Set<Category> missing = new HashSet<>(first.categories());
    other.categories().forEach(missing::remove);
    Set<Category> more = new HashSet<>(other.categories());
    first.categories().forEach(more::remove);
    if (!missing.isEmpty() || !more.isEmpty()) {
      problems.add(
          "%s has other categories than %s: %s"
              .formatted(
                  other.file(),
                  first.file(),
                  missing.isEmpty() ? "also " + shown(more) : "not " + shown(missing)));
    }
  }

  private static String shown(Set<Category> categories) {
    return categories.stream()
        .map(category -> category.id() + " '" + category.name() + "'")
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** The names that annotations give, as they stand. */
  private ClassNames classes(Instances instances) {
    try {
      return new ClassNames(instances.categories().stream().map(Category::name).toList());
    } catch (IllegalArgumentException e) {
      problems.add(instances.file() + ": categories cannot be classes: " + e.getMessage());
      problems.throwIfAny(config.root());
      throw e;
    }
  }

  private Splits splits(List<Read> read) {
    @Nullable CsvLabels labels = config.labels() == CocoConfig.Labels.CSV ? table() : null;
    Map<String, List<Example>> bySplit = new LinkedHashMap<>();
    Set<String> listed = new HashSet<>();
    for (Read split : read) {
      bySplit.put(split.split(), examples(split, labels));
      split.instances().pictures().forEach(picture -> listed.add(picture.name()));
    }
    if (labels != null) {
      labels.requireAll(listed, problems);
    }
    return new Splits(bySplit);
  }

  private CsvLabels table() {
    Path table = config.root().resolve(TABLE);
    if (!Files.exists(table)) {
      throw new DataException(
          "no %s (key data.labels is csv); expected is a table image,split,labels"
              .formatted(table));
    }
    CsvLabels labels =
        new CsvLabels(
            table, List.of("image", "split", "labels"), new ClassIndex(classes), problems);
    problems.throwIfAny(config.root());
    return labels;
  }

  private List<Example> examples(Read split, @Nullable CsvLabels table) {
    Instances instances = split.instances();
    Set<String> files = new DataFolder(config.root(), "").files(split.folder());
    Map<String, Integer> places = new HashMap<>();
    List<Example> examples = new ArrayList<>();
    for (Instances.Picture picture : instances.pictures()) {
      Stopping.check();
      if (isNamedOnce(instances, picture, places)
          && hasFile(split, picture, files)
          && isAlone(split, picture)) {
        BitSet labels =
            table == null
                ? instances.labels(picture, config.crowdLabels())
                : table.of(picture.name(), problems);
        if (!labels.isEmpty() || isWanted(instances, picture)) {
          examples.add(new Example(id(picture), labels));
        }
      }
    }
    if (examples.isEmpty() && problems.count() == 0) {
      int all = instances.pictures().size();
      problems.add(
          "%s: split '%s' has no picture%s"
              .formatted(
                  instances.file(),
                  split.split(),
                  all == 0 ? "" : " with a label (of " + all + ")"));
    }
    return examples;
  }

  private boolean isNamedOnce(
      Instances instances, Instances.Picture picture, Map<String, Integer> places) {
    Integer before = places.putIfAbsent(id(picture), picture.place());
    if (before != null) {
      problem(
          instances,
          picture,
          "is called '%s' like images[%d], but for the extension at most"
              .formatted(picture.name(), before));
    }
    return before == null;
  }

  private boolean hasFile(Read split, Instances.Picture picture, Set<String> files) {
    boolean isThere = files.contains(picture.name());
    if (!isThere) {
      problems.add(
          "%s: images[%d]: no picture '%s' in %s"
              .formatted(
                  split.instances().file(),
                  picture.place(),
                  picture.name(),
                  config.root().resolve(split.folder())),
          () -> Spelling.suggestion(picture.name(), files));
    }
    return isThere;
  }

  /**
   * Remembers the picture under its id; another split may have it too, but no other of its name.
   */
  private boolean isAlone(Read split, Instances.Picture picture) {
    Path file = config.root().resolve(split.folder()).resolve(picture.name());
    Annotated known =
        byId.putIfAbsent(id(picture), new Annotated(file, split.instances(), picture));
    boolean isAlone = known == null || known.file().equals(file);
    if (known != null && !isAlone) {
      problem(
          split.instances(),
          picture,
          "is %s, and another split has %s; pictures of two folders need names of their own"
              .formatted(file, known.file()));
    }
    return isAlone;
  }

  /** Whether a picture without a label is. */
  private boolean isWanted(Instances instances, Instances.Picture picture) {
    if (config.unlabelled() == CocoConfig.Unlabelled.FAIL) {
      problem(
          instances,
          picture,
          "('%s') has no label; 'unlabelled: keep' takes it as background, 'leave-out' leaves it out"
              .formatted(picture.name()));
    }
    return config.unlabelled() == CocoConfig.Unlabelled.KEEP;
  }

  private void problem(Instances instances, Instances.Picture picture, String what) {
    problems.add("%s: images[%d] %s".formatted(instances.file(), picture.place(), what));
  }

  /** The name of a picture's file without its extension. */
  private static String id(Instances.Picture picture) {
    String mask = FolderTable.maskName(picture.name());
    return mask.substring(0, mask.length() - ".png".length());
  }
}
