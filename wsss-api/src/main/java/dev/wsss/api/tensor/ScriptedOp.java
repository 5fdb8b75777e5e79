package dev.wsss.api.tensor;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A function of the engine's operations that DJL does not offer, such as one that works in place,
 * reached through a TorchScript module without parameters. Takes arrays, or lists of them, and
 * gives one array.
 */
public final class ScriptedOp {
  /** A pickled {@code Op} whose only field, {@code training}, is true. */
  private static final String PICKLE =
      "\u0080\u0002c__torch__\nOp\n)\u0081}X\b\u0000\u0000\u0000training\u0088sb.";

  private static final String EMPTY_TUPLE = "\u0080\u0002).";

  /** DJL's switch for the rewriting of functions, for all others in the process. */
  private static final String OPTIMISER_PROPERTY = "ai.djl.pytorch.graph_optimizer";

  /** Lives as long as the process, since its finaliser would free the module. */
  private final Model model;

  private final boolean recorded;

  private ScriptedOp(String name, List<String> inputs, String type, String body, boolean recorded) {
    this.recorded = recorded;
    String arguments =
        inputs.stream().map(input -> input + ": " + type).collect(Collectors.joining(", "));
    String code =
        """
        class Op(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          def forward(self: __torch__.Op, %s) -> Tensor:
        %s
        """
            .formatted(arguments, body.indent(4));
    // It holds no array, so that it is of no device; the default one might be a GPU nobody uses.
    model = Model.newInstance(name, Device.cpu(), "PyTorch");
    try {
      model.load(new ByteArrayInputStream(archive(code)));
    } catch (IOException | MalformedModelException e) {
      throw new IllegalStateException("cannot load the operation " + name, e);
    }
  }

  /**
   * A function that gradients flow through, where an array has them.
   *
   * @param name for error messages
   * @param inputs names of the arrays
   * @param body TorchScript as the engine itself writes it, {@code return} included
   */
  public static ScriptedOp differentiable(String name, List<String> inputs, String body) {
    return new ScriptedOp(name, inputs, "Tensor", body, true);
  }

  /**
   * A function of lists of arrays, without a graph: for updates in place of arrays that have
   * gradients.
   *
   * @param inputs names of the lists
   */
  public static ScriptedOp update(String name, List<String> inputs, String body) {
    return new ScriptedOp(name, inputs, "List[Tensor]", body, false);
  }

  /** Runs a function of arrays; what it gives belongs to the manager of the first. */
  public NDArray apply(NDArray... inputs) {
    // DJL takes an array with a dot or brackets in its name for an entry of a map or a list.
    return run(new NDList(inputs), Collections.nCopies(inputs.length, null));
  }

  /** Runs a function of lists; what it gives belongs to the manager of the first array. */
  public NDArray applyToLists(List<NDList> inputs) {
    NDList arrays = new NDList();
    List<@Nullable String> names = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      arrays.addAll(inputs.get(i));
      // DJL makes a list of arrays with the same name where that ends with brackets.
      names.addAll(Collections.nCopies(inputs.get(i).size(), "list" + i + "[]"));
    }
    return run(arrays, names);
  }

  private NDArray run(NDList inputs, List<@Nullable String> names) {
    List<@Nullable String> own = new ArrayList<>();
    inputs.forEach(input -> own.add(input.getName()));
    boolean before = JniUtils.isGradMode();
    try {
      rename(inputs, names);
      // From the second run on, the engine would rewrite the function, gradients included, and then
      // refuse to change in place what it gave. The switch is this thread's alone.
      JniUtils.setGraphExecutorOptimize(false);
      // In training mode also where no graph is wanted: the engine's inference mode is deprecated,
      // and says so in every process.
      JniUtils.setGradMode(before && recorded);
      // Not through the block's forward, which sets the switch to the property's value.
      PtSymbolBlock block = (PtSymbolBlock) model.getBlock();
      return IValueUtils.forward(block, inputs, true).singletonOrThrow();
    } finally {
      JniUtils.setGradMode(before);
      JniUtils.setGraphExecutorOptimize(othersAreOptimised());
      rename(inputs, own);
    }
  }

  private static boolean othersAreOptimised() {
    return Boolean.parseBoolean(System.getProperty(OPTIMISER_PROPERTY, "true"));
  }

  private static void rename(NDList arrays, List<@Nullable String> names) {
    for (int i = 0; i < names.size(); i++) {
      arrays.get(i).setName(names.get(i));
    }
  }

  private static byte[] archive(String code) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.ISO_8859_1)) {
      entry(zip, "data.pkl", PICKLE);
      entry(zip, "code/__torch__.py", code);
      entry(zip, "constants.pkl", EMPTY_TUPLE);
      entry(zip, "version", "3\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void entry(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry("op/" + name));
    zip.write(content.getBytes(StandardCharsets.ISO_8859_1));
    zip.closeEntry();
  }
}
