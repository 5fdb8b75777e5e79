package dev.wsss.api.weights;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the pickles of {@code torch.save} may name: ordered dictionaries, tensors and parameters,
 * shapes, and storages. Anything else is refused by its name, and nothing is ever built of it.
 */
final class PyTorchObjects implements Pickle.Objects {
  private static final String REMEDY =
      "Only tensors, texts, numbers, lists and dictionaries are read. In Python, save the network's"
          + " state alone: torch.save(model.state_dict(), FILE)";

  /** As in PyTorch. */
  private static final int MOST_AXES = 64;

  private static final Map<String, StoredType> STORAGES =
      Map.ofEntries(
          Map.entry("FloatStorage", StoredType.F32),
          Map.entry("DoubleStorage", StoredType.F64),
          Map.entry("HalfStorage", StoredType.F16),
          Map.entry("BFloat16Storage", StoredType.BF16),
          Map.entry("LongStorage", StoredType.I64),
          Map.entry("IntStorage", StoredType.I32),
          Map.entry("ShortStorage", StoredType.I16),
          Map.entry("CharStorage", StoredType.I8),
          Map.entry("ByteStorage", StoredType.U8),
          Map.entry("BoolStorage", StoredType.BOOL));

  /** Functions and classes that may be called. */
  private enum Callable {
    ORDERED_DICTIONARY("collections.OrderedDict"),
    TENSOR("torch._utils._rebuild_tensor_v2"),
    PARAMETER("torch._utils._rebuild_parameter"),
    SHAPE("torch.Size");

    private final String qualifiedName;

    Callable(String qualifiedName) {
      this.qualifiedName = qualifiedName;
    }
  }

  /**
   * Values outside of the pickle.
   *
   * @param key its name in the file
   * @param count of its values
   */
  record Storage(StoredType type, String key, long count) {}

  /** A view of a storage; offset and strides count values. */
  record View(Storage storage, long offset, List<Long> sizes, List<Long> strides) {}

  private final Map<String, Storage> storages = new HashMap<>();

  /** All storages that the pickles referred to, by key. */
  Map<String, Storage> storages() {
    return storages;
  }

  @Override
  public Object named(String module, String name) {
    if (module.equals("torch") && STORAGES.containsKey(name)) {
      return STORAGES.get(name);
    }
    String qualifiedName = module + "." + name;
    for (Callable callable : Callable.values()) {
      if (callable.qualifiedName.equals(qualifiedName)) {
        return callable;
      }
    }
    throw new IllegalArgumentException(
        "it names %s, which is never built. %s".formatted(Shown.name(qualifiedName), REMEDY));
  }

  @Override
  public Object call(Object callable, List<?> arguments) {
    if (callable instanceof Callable known) {
      return result(known, arguments).orElseThrow(() -> strange(known));
    }
    throw new IllegalArgumentException("it calls what is no function");
  }

  private static IllegalArgumentException strange(Callable callable) {
    return new IllegalArgumentException(
        "it calls %s with other arguments than PyTorch".formatted(callable.qualifiedName));
  }

  private static Optional<Object> result(Callable callable, List<?> arguments) {
    return switch (callable) {
      case ORDERED_DICTIONARY ->
          arguments.isEmpty() ? Optional.of(new LinkedHashMap<>()) : Optional.empty();
      case TENSOR ->
          arguments.size() >= 4
                  && arguments.get(0) instanceof Storage storage
                  && arguments.get(1) instanceof Long offset
              ? Optional.of(
                  new View(storage, offset, numbers(arguments.get(2)), numbers(arguments.get(3))))
              : Optional.empty();
      case PARAMETER ->
          !arguments.isEmpty() && arguments.get(0) instanceof View view
              ? Optional.of(view)
              : Optional.empty();
      case SHAPE ->
          arguments.size() == 1 && arguments.get(0) instanceof List<?> sizes
              ? Optional.of(sizes)
              : Optional.empty();
    };
  }

  /** {@code ('storage', type, key, device, count, …)}. */
  @Override
  public Object outside(Object reference) {
    if (reference instanceof List<?> parts
        && parts.size() >= 5
        && "storage".equals(parts.get(0))
        && parts.get(1) instanceof StoredType type
        && parts.get(2) instanceof String key
        && parts.get(4) instanceof Long count
        && count >= 0
        && (parts.size() == 5 || parts.get(5) == Pickle.NONE)) {
      Storage storage = new Storage(type, key, count);
      Storage before = storages.putIfAbsent(key, storage);
      if (before == null || before.equals(storage)) {
        return storage;
      }
    }
    throw new IllegalArgumentException("it refers to what is no storage of PyTorch");
  }

  private static List<Long> numbers(Object tuple) {
    if (tuple instanceof List<?> list
        && list.size() <= MOST_AXES
        && list.stream().allMatch(Long.class::isInstance)) {
      return list.stream().map(Long.class::cast).toList();
    }
    throw new IllegalArgumentException(
        "a tensor in it has sizes or strides that are not up to " + MOST_AXES + " whole numbers");
  }
}
