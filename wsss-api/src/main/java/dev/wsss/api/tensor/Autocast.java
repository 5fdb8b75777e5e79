package dev.wsss.api.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.util.List;

/**
 * PyTorch's autocast to bfloat16 for the thread that asks ({@code aten/src/ATen/autocast_mode.h}),
 * which DJL does not offer.
 */
final class Autocast {
  /**
   * DJL's own conversion records no graph. It stands here since it loads the engine, which reading
   * a configuration that names a {@link Precision} must not.
   */
  static final ScriptedOp FLOAT32_OF =
      ScriptedOp.differentiable("float32", List.of("x"), "return torch.to(x, 6)");

  /** Of {@code c10::DeviceType}. */
  private static final int CPU = 0;

  private static final int CUDA = 1;

  /** Of {@code c10::ScalarType}. */
  private static final int BFLOAT16 = 15;

  /** Of {@code bool}; JNA's own true is -1, which is no value of it. */
  private static final int ON = 1;

  private static final int OFF = 0;

  private final int device;
  private final Function enable;
  private final Function type;
  private final Function enter;
  private final Function leave;
  private final Function forget;

  private Autocast(int device) {
    Engine.getEngine("PyTorch"); // loads the library that is asked
    this.device = device;
    try {
      NativeLibrary torch = NativeLibrary.getInstance("torch_cpu");
      enable = torch.getFunction("_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb");
      type =
          torch.getFunction(
              "_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE");
      enter = torch.getFunction("_ZN2at8autocast17increment_nestingEv");
      leave = torch.getFunction("_ZN2at8autocast17decrement_nestingEv");
      forget = torch.getFunction("_ZN2at8autocast11clear_cacheEv");
    } catch (UnsatisfiedLinkError e) {
      throw new IllegalStateException(
          "this tensor library has no mixed precision (autocast) that can be switched: "
              + e.getMessage(),
          e);
    }
  }

  static Autocast of(Device device) {
    return new Autocast(device.isGpu() ? CUDA : CPU);
  }

  /** Switches it for this thread. Weights that it converted are kept until it is switched off. */
  void set(boolean on) {
    if (on) {
      type.invokeVoid(new Object[] {device, BFLOAT16});
      enter.invokeInt(new Object[0]);
      enable.invokeVoid(new Object[] {device, ON});
    } else {
      enable.invokeVoid(new Object[] {device, OFF});
      leave.invokeInt(new Object[0]);
      forget.invokeVoid(new Object[0]);
    }
  }
}
