package dev.wsss.eval.device;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.ptr.PointerByReference;
import java.util.Optional;

/**
 * What is needed of the driver's own library (CUDA Driver API), which is there wherever a driver is
 * and needs no CUDA toolkit. Every function gives 0 or the number of an error.
 */
interface CudaDriver extends Library {

  /** Must come first; {@code flags} is 0. */
  int cuInit(int flags);

  /** The newest CUDA that the driver supports, such as 12040 for 12.4; works before the start. */
  int cuDriverGetVersion(int[] version);

  /** How many GPUs are visible. */
  int cuDeviceGetCount(int[] count);

  /** A GPU's handle. */
  int cuDeviceGet(int[] device, int number);

  /** Its name, ending with a zero byte. */
  int cuDeviceGetName(byte[] name, int length, int device);

  /** An error in words. */
  int cuGetErrorString(int error, PointerByReference text);

  /** The driver's library by its name on this system. */
  static String file() {
    return System.getProperty("os.name").startsWith("Windows") ? "nvcuda" : "libcuda.so.1";
  }

  /** The driver of this machine; empty where it has none. */
  static Optional<CudaDriver> load() {
    try {
      return Optional.of(Native.load(file(), CudaDriver.class));
    } catch (LinkageError e) { // not found, or found and broken
      return Optional.empty();
    }
  }
}
