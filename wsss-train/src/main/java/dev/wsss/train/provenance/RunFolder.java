package dev.wsss.train.provenance;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.report.WholeFile;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.plugin.PluginCatalog;
import dev.wsss.train.provenance.Provenance.Data;
import dev.wsss.train.provenance.Provenance.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The part of a run's folder that explains it: {@code config.resolved.yaml} and {@code
 * provenance.json}, both written before training starts.
 */
public final class RunFolder {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private final Path folder;

  public RunFolder(Path folder) {
    this.folder = folder;
  }

  /** The resolved configuration of the run. */
  public Path configuration() {
    return folder.resolve("config.resolved.yaml");
  }

  /** Whether more than a lock stands in the folder, or a file where the folder should be. */
  public boolean isUsed() throws IOException {
    if (!Files.isDirectory(folder)) {
      return Files.exists(folder);
    }
    try (Stream<Path> content = Files.list(folder)) {
      return content.anyMatch(file -> !file.endsWith(FolderLock.FILE));
    }
  }

  /**
   * Says how the configuration that the folder was made with differs from another one.
   *
   * @param resolved the other one, resolved in the same way
   * @return the first line that differs; empty where none does or the folder holds none
   */
  public Optional<String> difference(String resolved) throws IOException {
    if (!Files.exists(configuration())) {
      return Optional.empty();
    }
    ConfigTree there =
        ConfigTree.parse(Files.readString(configuration()), configuration().toString());
    ConfigTree here = ConfigTree.parse(resolved, "this configuration");
    if (there.equals(here)) {
      return Optional.empty();
    }
    List<String> old = there.toYaml().lines().toList();
    List<String> now = here.toYaml().lines().toList();
    int i = 0;
    while (i < Math.min(old.size(), now.size()) && old.get(i).equals(now.get(i))) {
      i++;
    }
    return Optional.of("'" + line(old, i) + "' there, '" + line(now, i) + "' here");
  }

  private static String line(List<String> lines, int i) {
    return i < lines.size() ? lines.get(i).strip() : "nothing";
  }

  /**
   * Writes both files, or adds a session to the ones that stand.
   *
   * @param resolved the configuration with every value and where it came from
   * @param command what was typed
   * @throws DataException if the run was started on other data
   */
  public void describe(
      String resolved,
      RunConfig config,
      SegmentationDataset data,
      PluginCatalog catalog,
      List<String> command)
      throws IOException {
    Files.createDirectories(folder);
    Data nowData = data(config, data);
    List<Session> sessions = new ArrayList<>();
    Optional<Provenance> before = provenance();
    if (before.isPresent()) {
      if (!before.get().data().equals(nowData)) {
        throw new DataException(
            "the data set has changed since "
                + folder
                + " was started, so that run cannot go on; start a new one in another folder");
      }
      sessions.addAll(before.get().sessions());
    }
    sessions.add(Sessions.now(catalog, command));
    Provenance provenance =
        new Provenance(config.training().seed(), nowData, scoring(config), sessions);
    writeWhole(configuration(), resolved);
    writeWhole(provenanceFile(), GSON.toJson(provenance) + "\n");
  }

  /**
   * Whether the data set has changed since the folder's run learned from it.
   *
   * @param data asked only where the folder holds a run
   */
  public boolean hasOtherData(RunConfig config, Supplier<SegmentationDataset> data)
      throws IOException {
    Optional<Provenance> before = provenance();
    return before.isPresent() && !before.get().data().equals(data(config, data.get()));
  }

  private Optional<Provenance> provenance() throws IOException {
    return Files.exists(provenanceFile())
        ? Optional.of(GSON.fromJson(Files.readString(provenanceFile()), Provenance.class))
        : Optional.empty();
  }

  private Path provenanceFile() {
    return folder.resolve("provenance.json");
  }

  private static Data data(RunConfig config, SegmentationDataset data) {
    Map<String, Integer> pictures = new TreeMap<>();
    data.splits().forEach(split -> pictures.put(split, data.examples(split).size()));
    return new Data(
        config.data().type(), DataFingerprint.of(data), data.classes().foreground(), pictures);
  }

  private static JsonObject scoring(RunConfig config) {
    JsonObject scoring = new JsonObject();
    scoring.add("scoring", ConfigJson.of(config.scoring()));
    scoring.add("cams", ConfigJson.of(config.cams()));
    scoring.add("metrics", ConfigJson.of(config.metrics()));
    return scoring;
  }

  /** A reader finds the old text or the new one, never a part. */
  private static void writeWhole(Path file, String text) throws IOException {
    WholeFile.write(file, target -> Files.writeString(target, text));
  }
}
