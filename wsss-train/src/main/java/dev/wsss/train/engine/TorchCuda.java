package dev.wsss.train.engine;

import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Native;
import com.sun.jna.ptr.PointerByReference;
import dev.wsss.eval.device.Cuda;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the tensor library can use CUDA here, and if not, why not. The library's Java interface
 * only counts GPUs, through a part of the CUDA toolkit that most machines lack, and is silent about
 * the reason; so the driver is asked.
 */
final class TorchCuda {
  private static final Pattern FLAVOUR = Pattern.compile("(?:.*-)?cu(\\d{2})(\\d)(?:-.*)?");

  private TorchCuda() {}

  /** What this process can use. */
  static Cuda here(Engine engine) {
    if (!engine.hasCapability(StandardCapabilities.CUDA)) {
      return Cuda.none(
          "the tensor library here, PyTorch " + engine.getVersion() + ", is built for CPUs only");
    }
    return of(
        CudaDriver.load(), builtFor(), System.getenv().getOrDefault("CUDA_VISIBLE_DEVICES", ""));
  }

  /**
   * What a library that is built for CUDA can use.
   *
   * @param driver empty where there is none
   * @param builtFor such as 12.8; empty where it is not known
   * @param visible value of the environment's {@code CUDA_VISIBLE_DEVICES}, often empty
   */
  static Cuda of(Optional<CudaDriver> driver, Optional<Version> builtFor, String visible) {
    if (driver.isEmpty()) {
      return Cuda.none("there is no NVIDIA driver (" + CudaDriver.file() + " is missing)");
    }
    CudaDriver cuda = driver.get();
    int[] supported = new int[1];
    if (cuda.cuDriverGetVersion(supported) == 0 && builtFor.isPresent()) {
      Version newest = Version.of(supported[0]);
      // Within one major version an older driver runs what is built for a newer one.
      if (newest.major() < builtFor.get().major()) {
        return Cuda.none(
            "the NVIDIA driver is too old: it supports CUDA up to "
                + newest
                + ", and the tensor library is built for CUDA "
                + builtFor.get());
      }
    }
    List<String> gpus = new ArrayList<>();
    OptionalInt error = names(cuda, gpus);
    if (error.isPresent()) {
      return Cuda.none(
          "the NVIDIA driver says: " + inWords(cuda, error.getAsInt()) + hint(visible));
    }
    return gpus.isEmpty() ? Cuda.none("there is no GPU" + hint(visible)) : Cuda.of(gpus);
  }

  private static String hint(String visible) {
    return visible.isEmpty() ? "" : "; CUDA_VISIBLE_DEVICES is '" + visible + "'";
  }

  /** Adds the names of all GPUs, or gives the number of an error. */
  private static OptionalInt names(CudaDriver cuda, List<String> into) {
    int[] count = new int[1];
    int error = firstError(() -> cuda.cuInit(0), () -> cuda.cuDeviceGetCount(count));
    for (int gpu = 0; error == 0 && gpu < count[0]; gpu++) {
      int number = gpu;
      int[] device = new int[1];
      byte[] name = new byte[256];
      error =
          firstError(
              () -> cuda.cuDeviceGet(device, number),
              () -> cuda.cuDeviceGetName(name, name.length, device[0]));
      into.add(Native.toString(name, StandardCharsets.UTF_8));
    }
    return error == 0 ? OptionalInt.empty() : OptionalInt.of(error);
  }

  private static int firstError(IntSupplier... calls) {
    for (IntSupplier call : calls) {
      int error = call.getAsInt();
      if (error != 0) {
        return error;
      }
    }
    return 0;
  }

  private static String inWords(CudaDriver cuda, int error) {
    PointerByReference text = new PointerByReference();
    boolean known = cuda.cuGetErrorString(error, text) == 0 && text.getValue() != null;
    return (known ? text.getValue().getString(0) : "error") + " (" + error + ")";
  }

  /** The CUDA that the loaded library is built for, by its setting or the name of its folder. */
  private static Optional<Version> builtFor() {
    String setting = Setting.of("PYTORCH_FLAVOR").orElse("");
    return Version.ofFlavour(setting)
        .or(
            () ->
                Version.ofFlavour(
                    String.valueOf(Path.of(LibUtils.getLibtorchPath()).getFileName())));
  }

  /** A version of CUDA. */
  record Version(int major, int minor) {

    /** As the driver writes it: 12040 is 12.4. */
    static Version of(int number) {
      return new Version(number / 1000, number % 1000 / 10);
    }

    /** Of a build's name: {@code cu128}, or {@code 2.7.1-cu128-linux-x86_64}. */
    static Optional<Version> ofFlavour(String name) {
      Matcher matcher = FLAVOUR.matcher(name);
      return matcher.matches()
          ? Optional.of(
              new Version(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
          : Optional.empty();
    }

    @Override
    public String toString() {
      return major + "." + minor;
    }
  }
}
