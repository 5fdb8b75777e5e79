package dev.wsss.api.tensor;

import ai.djl.engine.Engine;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps convolutions right on a processor that does not tell how large its caches are.
 *
 * <p>oneDNN, which computes the engine's convolutions, asks a processor of AMD by CPUID leaf
 * 0x8000001D. Some virtual machines answer with zeros. oneDNN (3.7, in PyTorch 2.7.1) reads them as
 * caches of one byte, cuts its work by that size, and the kernels of AVX, AVX2 and AVX-512 then
 * give wrong values without an error. The kernels of SSE 4.1 do not ask for the size and are right.
 */
public final class HiddenCaches {
  /** The environment variable by which oneDNN is told which instructions it may use. */
  public static final String LIMIT = "ONEDNN_MAX_CPU_ISA";

  private static final Logger LOG = LoggerFactory.getLogger(HiddenCaches.class);
  private static final String SAFE = "SSE41";

  private HiddenCaches() {}

  /**
   * Limits oneDNN to SSE 4.1 where caches are hidden, whatever the environment says, since nobody
   * wants wrong values; says so once in the log. Loads the engine. Must come before the process's
   * first convolution, because oneDNN reads its limit once; later calls change nothing.
   *
   * @return whether caches are hidden
   */
  public static boolean avoid() {
    if (!isLinuxOnX86()) {
      return false;
    }
    Engine.getEngine("PyTorch"); // loads the library that is asked
    try {
      NativeLibrary torch = NativeLibrary.getInstance("torch_cpu");
      if (areHidden(CpuInfo.here().value("vendor_id"), firstCacheBytes(torch))) {
        limit(NativeLibrary.getInstance(Platform.C_LIBRARY_NAME));
        turnOffNnpack(torch);
        return true;
      }
    } catch (LinkageError e) {
      LOG.debug("the processor's caches are not known", e);
    }
    return false;
  }

  /** Sets the process's own environment, which Java only has a copy of. */
  private static void limit(NativeLibrary system) {
    String set = system.getFunction("getenv").invokeString(new Object[] {LIMIT}, false);
    if (SAFE.equals(set)) {
      return;
    }
    system.getFunction("setenv").invokeInt(new Object[] {LIMIT, SAFE, 1});
    LOG.warn(
        "This processor hides the sizes of its caches, as some virtual machines do. With AVX and"
            + " AVX-512 the tensor library's convolutions would give wrong values, so they are"
            + " limited to SSE 4.1 ({}={}), which is right but about half as fast.",
        LIMIT,
        SAFE);
  }

  /** NNPACK cannot do without the sizes, and every convolution that tries it would warn of that. */
  private static void turnOffNnpack(NativeLibrary torch) {
    Pointer context = torch.getFunction("_ZN2at13globalContextEv").invokePointer(new Object[0]);
    torch
        .getFunction("_ZN2at7Context20setUserEnabledNNPACKEb")
        .invokeVoid(new Object[] {context, false});
  }

  /** Only of AMD's processors does oneDNN believe an answer of zeros. */
  static boolean areHidden(String vendor, int firstCacheBytes) {
    return vendor.equals("AuthenticAMD") && firstCacheBytes == 0;
  }

  /** What the engine learns of the first level's data cache from the same leaf; 0 for nothing. */
  private static int firstCacheBytes(NativeLibrary torch) {
    return torch.getFunction("_ZN2at3cpu14L1d_cache_sizeEv").invokeInt(new Object[0]);
  }

  private static boolean isLinuxOnX86() {
    return System.getProperty("os.name").equals("Linux")
        && System.getProperty("os.arch").equals("amd64");
  }
}
