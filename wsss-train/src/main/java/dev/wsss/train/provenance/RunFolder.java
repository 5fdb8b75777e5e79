package dev.wsss.train.provenance;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.report.WholeFile;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.provenance.Provenance.Data;
import dev.wsss.train.provenance.Provenance.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of a run's folder that explains it: {@code config.resolved.yaml} and {@code
 * provenance.json}, both written before training starts.
 */
public final class RunFolder {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);

  private static final Set<String> BEGINNINGS = Set.of("run.log", "config.resolved.yaml");

  private final Path folder;

  public RunFolder(Path folder) {
    this.folder = folder;
  }

  /** Whether a file of this name is all that work leaves which was killed as it began. */
  public static boolean isBeginning(String name) {
    return name.startsWith(".") || BEGINNINGS.contains(name);
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
   * A file or folder that no run has written, by name: a run writes {@code provenance.json} before
   * anything but its lock, its log and its configuration. Empty where there is none.
   */
  public Optional<String> foreignFile() throws IOException {
    if (Files.exists(provenanceFile()) || !Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> content = Files.list(folder)) {
      return content
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !isBeginning(name))
          .sorted()
          .findFirst();
    }
  }

  /**
   * What the numbers of the run in the folder depend on; empty where there is none.
   *
   * @throws RunFolderException if the folder does not say it in a way that can be read
   */
  public Optional<RunIdentity> identity() {
    return provenance().map(Provenance::identity);
  }

  /**
   * Where a network of the run comes from, text by key, for a file that leaves the folder; empty
   * where no run was started.
   */
  public Map<String, String> origin() {
    return provenance()
        .map(
            p ->
                Map.of(
                    "wsss.seed", Long.toString(p.seed()),
                    "wsss.data", p.data().fingerprint(),
                    "wsss.data_pictures", p.data().pictures().toString(),
                    "wsss.started", p.sessions().get(0).startedAt()))
        .orElse(Map.of());
  }

  /**
   * The classes of the run's data set; empty where there is no run.
   *
   * @throws RunFolderException if the folder does not say it in a way that can be read
   */
  public Optional<ClassNames> classes() {
    return provenance().map(run -> new ClassNames(run.data().classes()));
  }

  /**
   * Writes both files, or adds a session to the ones that stand. Where only the scoring of a run
   * has changed, the scores that stand are removed first.
   *
   * @param device on which this session computes, cpu or cuda:N
   * @throws RunFolderException if the folder holds a run that trains otherwise
   * @throws DataException if the run was started on other data
   */
  public void describe(ResolvedRun run, SegmentationDataset data, String device)
      throws IOException {
    RunIdentities identities = new RunIdentities();
    describe(run, data, device, identities, identities.of(run.config(), data));
  }

  /**
   * The same for work whose numbers depend on something else than a run's, such as a pipeline's.
   *
   * @param identities know the data set already, so that it is not read again
   * @param now what the numbers depend on
   */
  public void describe(
      ResolvedRun run,
      SegmentationDataset data,
      String device,
      RunIdentities identities,
      RunIdentity now)
      throws IOException {
    RunConfig config = run.config();
    Files.createDirectories(folder);
    RunIdentity identity = now;
    List<Session> sessions = new ArrayList<>();
    Optional<Provenance> before = provenance();
    if (before.isPresent()) {
      identity = goOn(identity, before.get().identity());
      if (!identity.scoresLike(before.get().identity())) {
        forgetScores();
      }
      sessions.addAll(before.get().sessions());
      warnOfOtherDevice(sessions, device);
    }
    sessions.add(Sessions.now(run.modules(), run.command(), device));
    Provenance provenance =
        new Provenance(
            config.training().seed(),
            data(config, data, identities.fingerprint(data)),
            identity,
            sessions);
    writeWhole(configuration(), run.describe());
    writeWhole(provenanceFile(), GSON.toJson(provenance) + "\n");
  }

  /**
   * Refuses a run whose settings would train otherwise than the one in the folder.
   *
   * @throws RunFolderException with what has changed
   */
  public void requireSame(RunConfig config) {
    identity()
        .ifPresent(before -> requireSame(new RunIdentities().training(config), before.training()));
  }

  private void requireSame(RunIdentity.Part now, RunIdentity.Part before) {
    List<String> changes = now.settingsChangedSince(before);
    if (!changes.isEmpty()) {
      throw new RunFolderException(
          "cannot resume "
              + folder
              + ": since it was started, "
              + String.join(", ", changes)
              + "; give the same configuration, or choose another folder");
    }
  }

  /** The identity of a run that goes on. */
  private RunIdentity goOn(RunIdentity now, RunIdentity before) {
    requireSame(now.training(), before.training());
    if (!now.data().equals(before.data())) {
      throw new DataException(
          "the data set has changed since "
              + folder
              + " was started, so that run cannot go on; start a new one in another folder");
    }
    for (String change : now.training().codeChangedSince(before.training())) {
      LOG.warn("since {} was started, {}: its numbers will come from both", folder, change);
    }
    return new RunIdentity(now.training().begunWith(before.training()), now.scoring(), now.data());
  }

  /** Another device rounds otherwise, which is no reason to throw away what was trained. */
  private void warnOfOtherDevice(List<Session> sessions, String device) {
    String last = sessions.isEmpty() ? device : sessions.get(sessions.size() - 1).device();
    if (!kind(last).equals(kind(device))) {
      LOG.warn(
          "{} was begun on {} and goes on on {}: its numbers come from both", folder, last, device);
    }
  }

  private static String kind(String device) {
    return device.replaceFirst(":.*", "");
  }

  /** The scores go first, since they say that the run is finished. */
  private void forgetScores() throws IOException {
    Files.deleteIfExists(folder.resolve("scores.json"));
    for (String name : List.of("curves.csv", "pictures.csv", "report.html")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    for (String name : List.of("cams", "masks")) {
      delete(folder.resolve(name));
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private Optional<Provenance> provenance() {
    if (!Files.exists(provenanceFile())) {
      return Optional.empty();
    }
    try {
      return Optional.of(GSON.fromJson(Files.readString(provenanceFile()), Provenance.class));
    } catch (IOException e) {
      throw unreadable("it cannot be read (" + e.getMessage() + ")", e);
    } catch (RuntimeException e) { // the reader wraps what a record's constructor throws
      throw unreadable("it is damaged, or an earlier version wrote it", e);
    }
  }

  private RunFolderException unreadable(String why, Exception cause) {
    return new RunFolderException(
        provenanceFile() + " cannot be used: " + why + "; choose another folder", cause);
  }

  private Path provenanceFile() {
    return folder.resolve("provenance.json");
  }

  private static Data data(
      RunConfig config, SegmentationDataset data, DataFingerprint fingerprint) {
    Map<String, Integer> pictures = new TreeMap<>();
    data.splits().forEach(split -> pictures.put(split, data.examples(split).size()));
    return new Data(
        config.data().type(),
        fingerprint.sha256(),
        fingerprint.of(),
        data.classes().foreground(),
        pictures);
  }

  /** A reader finds the old text or the new one, never a part. */
  private static void writeWhole(Path file, String text) throws IOException {
    WholeFile.write(file, target -> Files.writeString(target, text));
  }
}
