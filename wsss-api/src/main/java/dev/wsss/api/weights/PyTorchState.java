package dev.wsss.api.weights;

import dev.wsss.api.weights.PyTorchObjects.Storage;
import dev.wsss.api.weights.PyTorchObjects.View;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds the tensors of a network in what was saved: a dictionary of names to tensors, or one that
 * holds such a dictionary as {@code state_dict} or {@code model}. Where all names begin with {@code
 * module.}, as {@code DataParallel} writes them, that is left out.
 */
final class PyTorchState {
  private static final List<String> WRAPPERS = List.of("state_dict", "model");
  private static final int DEEPEST = 3;
  private static final int NAMES_SHOWN = 10;
  private static final String PARALLEL = "module.";

  private PyTorchState() {}

  /** Where a file has the values of a storage. */
  interface Storages {
    /**
     * The first byte.
     *
     * @throws IllegalArgumentException with the reason, if the file does not hold all of them
     */
    long begin(Storage storage);
  }

  /**
   * The tensors by name.
   *
   * @throws IllegalArgumentException with the reason, if there are none, or one is not right
   */
  static Map<String, StoredTensor> tensors(Path file, Object saved, Storages storages) {
    Map<String, View> views = views(saved, 1);
    boolean parallel = views.keySet().stream().allMatch(name -> name.startsWith(PARALLEL));
    TensorTable tensors = new TensorTable();
    views.forEach(
        (name, view) ->
            tensors.add(
                parallel ? name.substring(PARALLEL.length()) : name,
                () ->
                    StoredTensor.view(
                        file,
                        view.storage().type(),
                        array(view.sizes()),
                        array(view.strides()),
                        storages.begin(view.storage()),
                        view.offset(),
                        view.storage().count())));
    return tensors.byName();
  }

  private static Map<String, View> views(Object saved, int depth) {
    if (!(saved instanceof Map<?, ?> dictionary)) {
      throw new IllegalArgumentException(
          "what was saved is no dictionary of names to tensors; save model.state_dict()");
    }
    Map<String, View> views = new LinkedHashMap<>();
    dictionary.forEach(
        (name, value) -> {
          if (name instanceof String text && value instanceof View view) {
            views.put(text, view);
          }
        });
    if (!views.isEmpty()) {
      return views;
    }
    for (String wrapper : WRAPPERS) {
      if (depth < DEEPEST && dictionary.get(wrapper) instanceof Map<?, ?> wrapped) {
        return views(wrapped, depth + 1);
      }
    }
    throw new IllegalArgumentException(
        "what was saved holds no tensors by name; its keys are %s; allowed: names of tensors, or"
                .formatted(names(dictionary))
            + " state_dict or model with them");
  }

  private static String names(Map<?, ?> dictionary) {
    return dictionary.isEmpty()
        ? "none"
        : dictionary.keySet().stream()
            .limit(NAMES_SHOWN)
            .map(key -> Shown.name(key.toString()))
            .collect(Collectors.joining(", "));
  }

  private static long[] array(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }
}
