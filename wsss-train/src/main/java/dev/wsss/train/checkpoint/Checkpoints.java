package dev.wsss.train.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.optimiser.Optimiser;
import dev.wsss.api.training.Stateful;
import dev.wsss.train.loop.TrainingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Writes and reads {@code checkpoints/last}: student, teacher and the optimiser's arrays as
 * safetensors, the state of modules and the progress as JSON.
 */
public final class Checkpoints {
  private static final Gson GSON = new Gson();
  private static final String STUDENT = "student.safetensors";
  private static final String TEACHER = "teacher.safetensors";
  private static final String OPTIMISER = "optimiser.safetensors";
  private static final String SLOTS = "slots.json";
  private static final String PROGRESS = "progress.json";

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
            Files.writeString(target.resolve(SLOTS), GSON.toJson(statesOf(contents.modules())));
            return Files.writeString(target.resolve(PROGRESS), GSON.toJson(progress));
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
    try {
      read(contents.root(), from.resolve(STUDENT), arraysOf(contents.student()));
      read(contents.root(), from.resolve(TEACHER), arraysOf(contents.teacher()));
      read(contents.root(), from.resolve(OPTIMISER), contents.optimiser().state());
      restore(from.resolve(SLOTS), contents.modules());
      Progress progress = readProgress(from);
      return Optional.of(progress);
    } catch (IOException | JsonParseException e) {
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
      read(root, from.resolve(STUDENT), arraysOf(student));
      read(root, from.resolve(TEACHER), arraysOf(teacher));
      readProgress(from);
    } catch (IOException | JsonParseException e) {
      throw unreadable(from, e);
    }
  }

  private static Progress readProgress(Path from) throws IOException {
    Progress progress = GSON.fromJson(Files.readString(from.resolve(PROGRESS)), Progress.class);
    if (progress == null || progress.format() != Progress.FORMAT) {
      throw new IOException(
          PROGRESS + " has another format than " + Progress.FORMAT + ", which this version reads");
    }
    return progress;
  }

  private static TrainingException unreadable(Path from, Exception e) {
    return new TrainingException("checkpoint " + from + " cannot be read: " + e.getMessage(), e);
  }

  private static Map<String, NDArray> arraysOf(CamNetwork network) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    network.parameters().forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
    return arrays;
  }

  private static void read(NDManager root, Path file, Map<String, NDArray> into)
      throws IOException {
    try (NDManager manager = root.newSubManager();
        NDScope scope = new NDScope();
        InputStream in = Files.newInputStream(file)) {
      scope.suppressNotUsedWarning();
      Map<String, NDArray> found = new HashMap<>();
      NDList.decode(manager, in).forEach(array -> found.put(array.getName(), array));
      checkNames(file, into, found);
      into.forEach((name, target) -> copy(found, name, target));
    }
  }

  private static void copy(Map<String, NDArray> found, String name, NDArray target) {
    NDArray source = found.get(name);
    if (source != null) {
      source.copyTo(target);
    }
  }

  private static void checkNames(Path file, Map<String, NDArray> into, Map<String, NDArray> found) {
    TreeSet<String> wrong = new TreeSet<>();
    into.forEach(
        (name, target) -> {
          NDArray source = found.get(name);
          if (source == null) {
            wrong.add("missing " + name);
          } else if (!source.getShape().equals(target.getShape())) {
            wrong.add(name + " is " + source.getShape() + ", not " + target.getShape());
          }
        });
    found.keySet().stream()
        .filter(n -> !into.containsKey(n))
        .forEach(n -> wrong.add("unknown " + n));
    if (!wrong.isEmpty()) {
      throw new TrainingException(
          file + " is of another configuration: " + String.join("; ", wrong));
    }
  }

  private static Map<String, Map<String, float[]>> statesOf(Map<String, Stateful> modules) {
    Map<String, Map<String, float[]>> states = new LinkedHashMap<>();
    modules.forEach((key, module) -> states.put(key, module.state()));
    return states;
  }

  private static void restore(Path file, Map<String, Stateful> modules) throws IOException {
    Map<String, Map<String, float[]>> states =
        GSON.fromJson(
            Files.readString(file),
            new TypeToken<Map<String, Map<String, float[]>>>() {}.getType());
    for (Map.Entry<String, Stateful> module : modules.entrySet()) {
      Map<String, float[]> state = states.get(module.getKey());
      if (state == null) {
        throw new IOException(SLOTS + " lacks the state of " + module.getKey());
      }
      module.getValue().restore(state);
    }
  }
}
