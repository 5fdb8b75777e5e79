package dev.wsss.train.pipeline;

import dev.wsss.train.provenance.RunIdentity;
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

  /**
   * Makes the output, or what is still missing of it.
   *
   * @param folder the stage's own; it holds nothing else, and may hold a part of the output
   * @param from folders of the stages that it reads
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  void make(Path folder, Made from, StageListener listener) throws IOException;

  /**
   * A text that no other output has: of a finished folder, a checksum of what later stages read.
   *
   * @throws IOException if something is missing or cannot be read
   */
  String digest(Path folder) throws IOException;
}
