package dev.wsss.train.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.optimiser.Optimiser;
import dev.wsss.api.training.Stateful;
import dev.wsss.train.loop.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes and reads {@code checkpoints/last}: the student with slots' own layers, the teacher and
 * the optimiser's arrays as safetensors, the state of modules ({@link ModuleStates}) and the
 * progress as JSON, and {@link Checksums} of all. A file that is not as it was written is named
 * before anything is read from the checkpoint.
 */
public final class Checkpoints {
  private static final String STUDENT = "student.safetensors";
  private static final String TEACHER = "teacher.safetensors";
  private static final String OPTIMISER = "optimiser.safetensors";
  private static final String BACKBONE = "backbone.";
  private static final String MODULES = "modules.json";

  private final CheckpointFolder folder;

  /** Checkpoints below a run's folder. */
  public Checkpoints(Path runFolder) {
    this.folder = new CheckpointFolder(runFolder, List.of(STUDENT, TEACHER, OPTIMISER, MODULES));
  }

  /**
   * Everything that a checkpoint holds.
   *
   * @param root of its memory; nothing in it outlives a call
   * @param layers parameters of slots' own layers, by a name that begins with {@link Slot#LAYERS}
   * @param modules those with a state, by their key in the configuration
   */
  public record Contents(
      NDManager root,
      CamNetwork student,
      CamNetwork teacher,
      Map<String, Parameter> layers,
      Optimiser optimiser,
      Map<String, Stateful> modules) {

    /** What the optimiser moves. */
    private Map<String, NDArray> learned() {
      Map<String, NDArray> learned = arraysOf(student);
      learned.putAll(ArrayFile.of(layers));
      return learned;
    }
  }

  /** Whether there is one. */
  public boolean exist() {
    return folder.exists();
  }

  /**
   * A text that no checkpoint of other values has.
   *
   * @throws IOException if there is none
   */
  public String id() throws IOException {
    return folder.id();
  }

  /**
   * Writes a checkpoint in place of the last one.
   *
   * @throws dev.wsss.train.loop.TrainingException if it cannot be written; the last one is kept
   */
  public void save(Contents contents, Progress progress) {
    NDManager root = contents.root();
    folder.save(
        progress,
        target -> {
          ArrayFile.write(root, target.resolve(STUDENT), contents.learned());
          ArrayFile.write(root, target.resolve(TEACHER), arraysOf(contents.teacher()));
          ArrayFile.write(root, target.resolve(OPTIMISER), contents.optimiser().state());
          String states = ModuleStates.toJson(statesOf(contents.modules()));
          Files.writeString(target.resolve(MODULES), states);
        });
  }

  /**
   * Reads the checkpoint into networks of the same configuration.
   *
   * @return how far the run had come, empty where there is no checkpoint
   * @throws dev.wsss.train.loop.TrainingException if its arrays do not fit
   */
  public Optional<Progress> load(Contents contents) {
    NDManager root = contents.root();
    return folder.load(
        from -> {
          ArrayFile.read(root, from.resolve(STUDENT), contents.learned());
          ArrayFile.read(root, from.resolve(TEACHER), arraysOf(contents.teacher()));
          ArrayFile.read(root, from.resolve(OPTIMISER), contents.optimiser().state());
          restore(from.resolve(MODULES), contents.modules());
        });
  }

  /**
   * Reads only the two networks, for scoring or to start from; slots' own layers stay as they are.
   *
   * @throws dev.wsss.train.loop.TrainingException if there is no checkpoint, or its arrays do not
   *     fit
   */
  public void loadNetworks(NDManager root, CamNetwork student, CamNetwork teacher) {
    folder.require(
        from -> {
          ArrayFile.read(
              root,
              from.resolve(STUDENT),
              arraysOf(student),
              name -> !name.startsWith(Slot.LAYERS));
          ArrayFile.read(root, from.resolve(TEACHER), arraysOf(teacher));
        });
  }

  /**
   * Reads what the student has learned into a segmentation network: its backbone and, where they
   * have the same names, layers of its head. A layer with a row for each class takes these after
   * that of background, which becomes 0.
   *
   * @param network all parameters of the segmentation network
   * @throws dev.wsss.train.loop.TrainingException if there is no checkpoint, or it is of another
   *     backbone
   */
  public void loadStudent(NDManager root, Map<String, Parameter> network) {
    Map<String, NDArray> backbone = new LinkedHashMap<>();
    Map<String, NDArray> head = new LinkedHashMap<>();
    ArrayFile.of(network)
        .forEach((name, array) -> (name.startsWith(BACKBONE) ? backbone : head).put(name, array));
    folder.require(
        from -> {
          Path student = from.resolve(STUDENT);
          ArrayFile.read(root, student, backbone, name -> name.startsWith(BACKBONE));
          ArrayFile.readWithBackground(root, student, head);
        });
  }

  private static Map<String, NDArray> arraysOf(CamNetwork network) {
    return ArrayFile.of(network.parameters());
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
