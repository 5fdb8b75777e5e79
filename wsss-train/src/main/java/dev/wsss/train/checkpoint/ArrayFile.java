package dev.wsss.train.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes named arrays as safetensors. */
public final class ArrayFile {

  private ArrayFile() {}

  /**
   * Writes the arrays under their names, in the map's order.
   *
   * @param root nothing in it outlives the call
   */
  public static void write(NDManager root, Path file, Map<String, NDArray> arrays)
      throws IOException {
    try (NDManager manager = root.newSubManager();
        NDScope scope = new NDScope();
        OutputStream out = Files.newOutputStream(file)) {
      scope.suppressNotUsedWarning();
      NDList list = new NDList();
      arrays.forEach(
          (name, array) -> {
            NDArray view = array.stopGradient();
            view.attach(manager);
            view.setName(name);
            list.add(view);
          });
      list.encode(out, NDList.Encoding.SAFETENSORS);
    }
  }
}
