package dev.wsss.train.checkpoint;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import dev.wsss.api.optimiser.Optimiser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes and reads {@code checkpoints/last} of one network that learns without a teacher: its
 * parameters and the optimiser's arrays as safetensors.
 */
public final class LearnerCheckpoints {
  private static final String NETWORK = "network.safetensors";
  private static final String OPTIMISER = "optimiser.safetensors";

  private final CheckpointFolder folder;

  /** Checkpoints below a stage's folder. */
  public LearnerCheckpoints(Path folder) {
    this.folder = new CheckpointFolder(folder, List.of(NETWORK, OPTIMISER));
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
   * @param root nothing in it outlives the call
   * @throws dev.wsss.train.loop.TrainingException if it cannot be written; the last one is kept
   */
  public void save(
      NDManager root, Map<String, Parameter> network, Optimiser optimiser, Progress progress) {
    folder.save(
        progress,
        target -> {
          ArrayFile.write(root, target.resolve(NETWORK), ArrayFile.of(network));
          ArrayFile.write(root, target.resolve(OPTIMISER), optimiser.state());
        });
  }

  /**
   * Reads the checkpoint into a network and an optimiser of the same configuration.
   *
   * @return how far training had come, empty where there is no checkpoint
   * @throws dev.wsss.train.loop.TrainingException if it is damaged or does not fit
   */
  public Optional<Progress> load(
      NDManager root, Map<String, Parameter> network, Optimiser optimiser) {
    return folder.load(
        from -> {
          ArrayFile.read(root, from.resolve(NETWORK), ArrayFile.of(network));
          ArrayFile.read(root, from.resolve(OPTIMISER), optimiser.state());
        });
  }

  /**
   * Reads only the network, to use it.
   *
   * @throws dev.wsss.train.loop.TrainingException if there is no checkpoint, or it does not fit
   */
  public void loadNetwork(NDManager root, Map<String, Parameter> network) {
    folder.require(from -> ArrayFile.read(root, from.resolve(NETWORK), ArrayFile.of(network)));
  }
}
