package dev.wsss.api.weights;

import dev.wsss.api.network.WeightsException;
import java.io.IOException;
import java.util.Map;

/** A format of files that hold named tensors. */
interface WeightsFormat {

  /** The format's name, for people. */
  String title();

  /** Whether the file's content, whatever the file is called, is of this format. */
  boolean wrote(SourceFile file) throws IOException;

  /**
   * The tensors by name, in the file's order; each lies within its file.
   *
   * @throws IllegalArgumentException with the reason, if the file is damaged
   * @throws WeightsException if the file is cut off, or holds what is not read
   */
  Map<String, StoredTensor> tensors(SourceFile file) throws IOException;
}
