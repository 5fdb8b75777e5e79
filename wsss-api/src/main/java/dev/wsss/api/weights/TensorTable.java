package dev.wsss.api.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Tensors by name while a file is read, in its order. */
final class TensorTable {
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

  /**
   * Adds a tensor.
   *
   * @param tensor may throw an {@link IllegalArgumentException}, which is given the name
   * @throws IllegalArgumentException if the tensor is wrong, or there is one of that name
   */
  void add(String name, Supplier<StoredTensor> tensor) {
    StoredTensor placed;
    try {
      placed = tensor.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "tensor %s is not right: %s".formatted(Shown.name(name), e.getMessage()), e);
    }
    if (tensors.put(name, placed) != null) {
      throw new IllegalArgumentException("two tensors are called " + Shown.name(name));
    }
  }

  Map<String, StoredTensor> byName() {
    return tensors;
  }
}
