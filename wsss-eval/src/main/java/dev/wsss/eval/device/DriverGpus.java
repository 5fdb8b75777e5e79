package dev.wsss.eval.device;

import com.sun.jna.Native;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntSupplier;

/** The GPUs that the NVIDIA driver shows, or what it says in their place. */
public final class DriverGpus {

  private DriverGpus() {}

  /** What this process can use of this machine. */
  public static Cuda here(Optional<CudaBuild> build) {
    return of(CudaDriver.load(), build, System.getenv().getOrDefault("CUDA_VISIBLE_DEVICES", ""));
  }

  /**
   * What a driver shows.
   *
   * @param driver empty where there is none
   * @param build that is to use them; empty where its CUDA is not known
   * @param visible value of the environment's {@code CUDA_VISIBLE_DEVICES}, often empty
   */
  static Cuda of(Optional<CudaDriver> driver, Optional<CudaBuild> build, String visible) {
    if (driver.isEmpty()) {
      return Cuda.none("there is no NVIDIA driver (" + CudaDriver.file() + " is missing)");
    }
    CudaDriver cuda = driver.get();
    int[] supported = new int[1];
    if (cuda.cuDriverGetVersion(supported) == 0 && build.isPresent()) {
      CudaVersion newest = CudaVersion.of(supported[0]);
      // Within one major version an older driver runs what is built for a newer one.
      if (newest.major() < build.get().version().major()) {
        return Cuda.none(
            "the NVIDIA driver is too old: it supports CUDA up to "
                + newest
                + ", and "
                + build.get());
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

  /**
   * A library and the CUDA that it is built for.
   *
   * @param library such as {@code the tensor library}
   */
  public record CudaBuild(String library, CudaVersion version) {

    @Override
    public String toString() {
      return library + " is built for CUDA " + version;
    }
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
}
