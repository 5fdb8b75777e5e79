package dev.wsss.train.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.WeightsException;
import dev.wsss.api.optimiser.Optimiser;
import dev.wsss.api.training.Stateful;
import dev.wsss.eval.digest.Sha256;
import dev.wsss.train.loop.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes and reads {@code checkpoints/last}: student, teacher and the optimiser's arrays as
 * safetensors, the state of modules ({@link ModuleStates}) and the progress as JSON, and {@link
 * Checksums} of all. A file that is not as it was written is named before anything is read from the
 * checkpoint.
 */
public final class Checkpoints {
  private static final Gson GSON = new Gson();
  private static final String STUDENT = "student.safetensors";
  private static final String TEACHER = "teacher.safetensors";
  private static final String OPTIMISER = "optimiser.safetensors";
  private static final String MODULES = "modules.json";
  private static final String PROGRESS = "progress.json";
  private static final List<String> FILES = List.of(STUDENT, TEACHER, OPTIMISER, MODULES, PROGRESS);

  private final Path runFolder;
  private final WholeFolder folder;

  /** Checkpoints below a run's folder. */
  public Checkpoints(Path runFolder) {
    this.runFolder = runFolder;
    this.folder = new WholeFolder(runFolder.resolve("checkpoints").resolve("last"));
  }

  /**
   * Everything that a checkpoint holds.
   *
   * @param root of its memory; nothing in it outlives a call
   * @param modules those with a state, by their key in the configuration
   */
  public record Contents(
      NDManager root,
      CamNetwork student,
      CamNetwork teacher,
      Optimiser optimiser,
      Map<String, Stateful> modules) {}

  /** Whether there is one. */
  public boolean exist() {
    return folder.current().isPresent();
  }

  /**
   * A text that no other checkpoint has: the checksum of its checksums.
   *
   * @throws IOException if there is none
   */
  public String id() throws IOException {
    Path last = folder.current().orElseThrow(() -> new IOException("there is no checkpoint"));
    return Sha256.of(last.resolve(Checksums.FILE));
  }

  /**
   * Writes a checkpoint in place of the last one.
   *
   * @throws TrainingException if it cannot be written; the last one is kept
   */
  public void save(Contents contents, Progress progress) {
    try {
      folder.replace(
          target -> {
            ArrayFile.write(contents.root(), target.resolve(STUDENT), arraysOf(contents.student()));
            ArrayFile.write(contents.root(), target.resolve(TEACHER), arraysOf(contents.teacher()));
            ArrayFile.write(
                contents.root(), target.resolve(OPTIMISER), contents.optimiser().state());
            String states = ModuleStates.toJson(statesOf(contents.modules()));
            Files.writeString(target.resolve(MODULES), states);
            Files.writeString(target.resolve(PROGRESS), GSON.toJson(progress));
            new Checksums(target, FILES).write();
            return target;
          });
    } catch (IOException e) {
      throw new TrainingException(
          "the checkpoint of epoch "
              + progress.epoch()
              + " could not be written ("
              + e.getMessage()
              + "); "
              + (progress.epoch() > 1
                  ? "that of epoch " + (progress.epoch() - 1) + " is kept"
                  : "there is none yet")
              + "; free space and run again with --resume",
          e);
    }
  }

  /**
   * Reads the checkpoint into networks of the same configuration.
   *
   * @return how far the run had come, empty where there is no checkpoint
   * @throws TrainingException if its arrays do not fit
   */
  public Optional<Progress> load(Contents contents) {
    Optional<Path> current = folder.current();
    if (current.isEmpty()) {
      return Optional.empty();
    }
    Path from = current.get();
    NDManager root = contents.root();
    try {
      Progress progress = verified(from);
      ArrayFile.read(root, from.resolve(STUDENT), arraysOf(contents.student()));
      ArrayFile.read(root, from.resolve(TEACHER), arraysOf(contents.teacher()));
      ArrayFile.read(root, from.resolve(OPTIMISER), contents.optimiser().state());
      restore(from.resolve(MODULES), contents.modules());
      return Optional.of(progress);
    } catch (IOException | JsonParseException | WeightsException e) {
      throw unreadable(from, e);
    }
  }

  /**
   * Reads only the two networks, for scoring.
   *
   * @throws TrainingException if there is no checkpoint, or its arrays do not fit
   */
  public void loadNetworks(NDManager root, CamNetwork student, CamNetwork teacher) {
    Path from =
        folder
            .current()
            .orElseThrow(
                () -> new TrainingException("there is no checkpoint of a run in " + runFolder));
    try {
      verified(from);
      ArrayFile.read(root, from.resolve(STUDENT), arraysOf(student));
      ArrayFile.read(root, from.resolve(TEACHER), arraysOf(teacher));
    } catch (IOException | JsonParseException | WeightsException e) {
      throw unreadable(from, e);
    }
  }

  /** An older format is told as such, not as damage: it has no checksums. */
  private static Progress verified(Path from) throws IOException {
    if (Files.exists(from.resolve(Checksums.FILE))) {
      new Checksums(from, FILES).verify();
    }
    Progress progress = GSON.fromJson(Files.readString(from.resolve(PROGRESS)), Progress.class);
    if (progress == null || progress.format() != Progress.FORMAT) {
      throw new IOException(
          PROGRESS + " has another format than " + Progress.FORMAT + ", which this version reads");
    }
    if (!Files.exists(from.resolve(Checksums.FILE))) {
      throw new IOException(Checksums.FILE + " is missing");
    }
    return progress;
  }

  private static TrainingException unreadable(Path from, Exception e) {
    return new TrainingException(
        "checkpoint "
            + from
            + " cannot be used: "
            + e.getMessage()
            + "; bring back what was written, or delete the folder to start at the first epoch",
        e);
  }

  private static Map<String, NDArray> arraysOf(CamNetwork network) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    network.parameters().forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
    return arrays;
  }

  private static Map<String, Map<String, float[]>> statesOf(Map<String, Stateful> modules) {
    Map<String, Map<String, float[]>> states = new LinkedHashMap<>();
    modules.forEach((key, module) -> states.put(key, module.state()));
    return states;
  }

  private static void restore(Path file, Map<String, Stateful> modules) throws IOException {
    Map<String, Map<String, float[]>> states = ModuleStates.parse(Files.readString(file));
    for (Map.Entry<String, Stateful> module : modules.entrySet()) {
      String key = module.getKey();
      Map<String, float[]> state = states.get(key);
      if (state == null) {
        throw new IOException(MODULES + " lacks the state of " + key);
      }
      try {
        module.getValue().restore(state);
      } catch (RuntimeException e) {
        throw new IOException(key + " does not take its state back: " + e.getMessage(), e);
      }
    }
  }
}
