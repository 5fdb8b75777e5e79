package dev.wsss.train.pipeline;

import dev.wsss.train.provenance.RunIdentity;
import dev.wsss.train.wiring.InitialWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A part of a pipeline that reads what stages before it have made and writes a folder.
 *
 * <p>The same inputs give the same output, byte for byte, and work that was broken off goes on
 * where it stopped: so a folder is known by its inputs, and is made once.
 */
interface Stage {

  /** Kebab-case; no two stages of a pipeline share it. */
  String name();

  /** Names of the stages whose folders it reads, all of them before it. */
  List<String> reads();

  /** What its output depends on besides these and the data set. */
  RunIdentity.Part settings();

  /** Pictures that it works on; 0 where it does not go by pictures. */
  int pictures();

  /** Passes of a training over its pictures; 0 where it does not train. */
  default int epochs() {
    return 0;
  }

  /** Steps of one of them. */
  default int stepsAnEpoch() {
    return 0;
  }

  /**
   * Makes what can be wrong before the pipeline starts, such as networks; writes nothing.
   *
   * @param weights whether pretrained weights are read too
   */
  default void check(InitialWeights weights) {}

  /**
   * Makes the output, or what is still missing of it.
   *
   * @param folder the stage's own; it holds nothing else, and may hold a part of the output
   * @param from folders of the stages that it reads
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  void make(Path folder, Made from, StageListener listener) throws IOException;

  /**
   * Does what tells how long it takes, as a stage of few pictures: {@link #make}, but a training
   * makes some steps and one checkpoint.
   *
   * @param folder empty, and deleted afterwards
   * @param from folders of stages of the same pictures or more, which may have been tried only
   * @param steps of a training
   */
  default void tryOut(Path folder, Made from, int steps, StageListener listener)
      throws IOException {
    make(folder, from, listener);
  }

  /**
   * A text that no other output has: of a finished folder, a checksum of what later stages read.
   *
   * @throws IOException if something is missing or cannot be read
   */
  String digest(Path folder) throws IOException;
}
