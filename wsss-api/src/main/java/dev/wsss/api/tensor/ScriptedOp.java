package dev.wsss.api.tensor;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A function of the engine's operations that DJL does not offer, such as one that works in place,
 * reached through a TorchScript module without parameters. Takes arrays and gives one.
 */
public final class ScriptedOp {
  /** A pickled {@code Op} whose only field, {@code training}, is true. */
  private static final String PICKLE =
      "\u0080\u0002c__torch__\nOp\n)\u0081}X\b\u0000\u0000\u0000training\u0088sb.";

  private static final String EMPTY_TUPLE = "\u0080\u0002).";

  private static final ParameterStore NO_PARAMETERS = new ParameterStore();

  /** Lives as long as the process, since its finaliser would free the module. */
  private final Model model;

  private final boolean recorded;

  private ScriptedOp(String name, List<String> inputs, String body, boolean recorded) {
    this.recorded = recorded;
    String arguments = inputs.stream().map(i -> i + ": Tensor").collect(Collectors.joining(", "));
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
    model = Model.newInstance(name, "PyTorch");
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
    return new ScriptedOp(name, inputs, body, true);
  }

  /** The same, without a graph: for updates in place of arrays that have gradients. */
  public static ScriptedOp update(String name, List<String> inputs, String body) {
    return new ScriptedOp(name, inputs, body, false);
  }

  /** Runs the function; what it gives belongs to the manager of the first array. */
  public NDArray apply(NDArray... inputs) {
    // DJL takes an array with a dot or brackets in its name for an entry of a map or a list.
    String[] names = Arrays.stream(inputs).map(NDArray::getName).toArray(String[]::new);
    try {
      for (NDArray input : inputs) {
        input.setName(null);
      }
      // In training mode the engine records a graph where an input has one, else none.
      return model
          .getBlock()
          .forward(NO_PARAMETERS, new NDList(inputs), recorded)
          .singletonOrThrow();
    } finally {
      for (int i = 0; i < inputs.length; i++) {
        inputs[i].setName(names[i]);
      }
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
