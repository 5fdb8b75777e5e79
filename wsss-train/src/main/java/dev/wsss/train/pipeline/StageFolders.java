package dev.wsss.train.pipeline;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.reflect.TypeToken;
import dev.wsss.eval.report.WholeFile;
import dev.wsss.eval.store.MapStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where stages are kept: {@code stages/NAME/KEY}, so that what other settings have made stays and
 * is found again. {@code stages/finished.json} says which are finished, so that one that is gone is
 * told of and not made again in silence.
 */
final class StageFolders {
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  /** How a stage that is gone or damaged is made again. */
  enum Again {
    /** A single pipeline takes {@code --from}. */
    BY_FROM,
    /** Several pipelines have the stage. */
    BY_DELETING
  }

  private final Path root;
  private final Path stages;
  private final Again again;

  StageFolders(Path root, Again again) {
    this.root = root;
    this.again = again;
    this.stages = root.resolve("stages");
  }

  Path of(String stage, String key) {
    return stages.resolve(stage).resolve(key);
  }

  /** The last folder of a stage that was worked on, whatever it was made from. */
  Optional<StageRecord> latest(String stage) throws IOException {
    Path all = stages.resolve(stage);
    if (!Files.isDirectory(all)) {
      return Optional.empty();
    }
    List<Path> records = records(all);
    return records.isEmpty() ? Optional.empty() : StageRecord.readFile(records.get(0));
  }

  /** The folder of a stage that was finished last. */
  Optional<Path> latestFinished(String stage) throws IOException {
    Path all = stages.resolve(stage);
    if (!Files.isDirectory(all)) {
      return Optional.empty();
    }
    for (Path file : records(all)) {
      Path folder = file.resolveSibling(file.getFileName().toString().replaceFirst("\\.json$", ""));
      if (StageRecord.readFile(file).filter(StageRecord::isFinished).isPresent()
          && Files.isDirectory(folder)) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  /** The one written last first. */
  private static List<Path> records(Path all) throws IOException {
    try (Stream<Path> list = Files.list(all)) {
      return list.filter(file -> file.toString().endsWith(".json"))
          .sorted(Comparator.comparing(StageFolders::written).reversed())
          .toList();
    }
  }

  private static long written(Path record) {
    try {
      return Files.getLastModifiedTime(record).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * What stands of a stage.
   *
   * @throws PipelineException if it was finished and is not as it was
   */
  Optional<StageRecord> standing(Stage stage, String key) throws IOException {
    Path own = of(stage.name(), key);
    Optional<StageRecord> record = StageRecord.read(own);
    boolean isFinished = record.isPresent() && record.get().isFinished();
    if (!isFinished && wasFinished(stage.name(), key)) {
      throw new PipelineException(
          "stage %s was finished, but %s is gone; bring it back, or %s"
              .formatted(stage.name(), own, cure(stage.name(), own)));
    }
    if (isFinished) {
      String now;
      try {
        now = stage.digest(own);
      } catch (IOException | MapStoreException e) {
        throw changed(stage, own, ": " + e.getMessage());
      }
      if (!now.equals(record.get().digest())) {
        throw changed(stage, own, "");
      }
    }
    return record;
  }

  /** Whether a stage is finished and as it was. */
  boolean isFinished(Stage stage, String key) throws IOException {
    try {
      return standing(stage, key).filter(StageRecord::isFinished).isPresent();
    } catch (PipelineException e) {
      return false;
    }
  }

  private PipelineException changed(Stage stage, Path own, String how) {
    return new PipelineException(
        "stage %s: %s is not as it was finished%s; bring back what was written, or %s"
            .formatted(stage.name(), own, how, cure(stage.name(), own)));
  }

  /** Says which stage makes a store again that another one has found damaged. */
  PipelineException damaged(Stage stage, Path own, Made made, MapStoreException e) {
    String message = String.valueOf(e.getMessage());
    String of =
        stage.reads().stream()
            .filter(name -> message.contains(made.of(name).toString()))
            .findFirst()
            .orElse(stage.name());
    String cure =
        switch (again) {
          case BY_FROM -> "--from %s does so".formatted(of);
          case BY_DELETING -> cure(of, of.equals(stage.name()) ? own : made.of(of));
        };
    return new PipelineException("stage %s: %s; %s".formatted(stage.name(), message, cure), e);
  }

  /** What makes a stage again, as an order. */
  private String cure(String stage, Path own) {
    return switch (again) {
      case BY_FROM -> "make it again with --from " + stage;
      case BY_DELETING ->
          "delete %s, the file .json beside it and its key in %s, and the same command makes it again"
              .formatted(own, finishedFile());
    };
  }

  /** Whether a stage was finished with this key, wherever its folder is now. */
  private boolean wasFinished(String stage, String key) throws IOException {
    return finished().getOrDefault(stage, new TreeSet<>()).contains(key);
  }

  /** Notes that a stage is finished, if that is not noted. */
  void noteFinished(String stage, String key) throws IOException {
    SortedMap<String, SortedSet<String>> all = finished();
    if (all.computeIfAbsent(stage, name -> new TreeSet<>()).add(key)) {
      write(all);
    }
  }

  private void write(SortedMap<String, SortedSet<String>> all) throws IOException {
    WholeFile.write(finishedFile(), file -> Files.writeString(file, GSON.toJson(all) + "\n"));
  }

  private SortedMap<String, SortedSet<String>> finished() throws IOException {
    if (!Files.exists(finishedFile())) {
      return new TreeMap<>();
    }
    TypeToken<TreeMap<String, TreeSet<String>>> type = new TypeToken<>() {};
    try {
      SortedMap<String, SortedSet<String>> all = new TreeMap<>();
      all.putAll(GSON.fromJson(Files.readString(finishedFile()), type));
      return all;
    } catch (RuntimeException e) {
      throw new PipelineException(
          finishedFile() + " is damaged; bring back what was written, or choose another folder", e);
    }
  }

  private Path finishedFile() {
    return stages.resolve("finished.json");
  }

  /** Moves a folder to {@code replaced/}, so that its stage is made anew and nothing is lost. */
  Optional<Path> putAside(String stage, String key) throws IOException {
    SortedMap<String, SortedSet<String>> all = finished();
    if (all.getOrDefault(stage, new TreeSet<>()).remove(key)) {
      write(all);
    }
    Path folder = of(stage, key);
    Files.deleteIfExists(StageRecord.file(folder));
    if (!Files.exists(folder)) {
      return Optional.empty();
    }
    Path replaced = Files.createDirectories(root.resolve("replaced"));
    for (int number = 1; ; number++) {
      Path to = replaced.resolve("%s-%s-%d".formatted(stage, key, number));
      if (!Files.exists(to)) {
        return Optional.of(Files.move(folder, to));
      }
    }
  }

  /** Bytes of all files of a folder. */
  static long bytes(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      long bytes = 0;
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }
}
