package dev.wsss.eval.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps ONNX Runtime's native environment alive while a session is open.
 *
 * <p>Its Java part gives the environment up in a hook of its own when the JVM begins to shut down,
 * whatever other threads and other hooks still compute. A session whose environment is gone works
 * until it has something to log, such as an operator that failed: then it reads freed memory, and
 * the process crashes. The native environment counts references ({@code CreateEnv} gives the one
 * there is), but the Java part lets nobody take one, so its private methods are called.
 */
final class EnvironmentReference implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EnvironmentReference.class);

  private final OrtEnvironment environment;
  private final @Nullable Counted counted;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EnvironmentReference(OrtEnvironment environment, @Nullable Counted counted) {
    this.environment = environment;
    this.counted = counted;
  }

  /** The native side: the library's functions, and the environment that was counted. */
  private record Counted(Method close, long functions, long handle) {
    void release() {
      try {
        close.invoke(null, functions, handle);
      } catch (ReflectiveOperationException e) {
        LOG.debug("the environment of ONNX Runtime was not released", e);
      }
    }
  }

  /**
   * Takes a reference; without one, where ONNX Runtime has changed inside, all else works.
   *
   * @throws OrtException if the JVM shuts down and the environment is gone already
   */
  static EnvironmentReference take() throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try {
      long functions =
          number(Class.forName("ai.onnxruntime.OnnxRuntime"), "ortApiHandle", environment);
      Method create = method("createHandle", long.class, int.class, String.class);
      Method close = method("close", long.class, long.class);
      Object handle =
          create.invoke(
              null,
              functions,
              OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING.getValue(),
              OrtEnvironment.DEFAULT_NAME);
      Counted counted = new Counted(close, functions, (Long) handle);
      if (counted.handle() != number(OrtEnvironment.class, "nativeHandle", environment)) {
        counted.release();
        throw new OrtException("the JVM is shutting down, and ONNX Runtime has shut down already");
      }
      return new EnvironmentReference(environment, counted);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof OrtException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      LOG.debug("sessions of ONNX Runtime do not outlive the beginning of a shutdown", e);
      return new EnvironmentReference(environment, null);
    }
  }

  private static Method method(String name, Class<?>... parameters) throws NoSuchMethodException {
    Method method = OrtEnvironment.class.getDeclaredMethod(name, parameters);
    method.setAccessible(true);
    return method;
  }

  private static long number(Class<?> owner, String name, OrtEnvironment environment)
      throws ReflectiveOperationException {
    Field field = owner.getDeclaredField(name);
    field.setAccessible(true);
    return field.getLong(environment);
  }

  OrtEnvironment environment() {
    return environment;
  }

  /** Whether the native environment counts this. */
  boolean isCounted() {
    return counted != null;
  }

  @Override
  public void close() {
    if (counted != null && !closed.getAndSet(true)) {
      counted.release();
    }
  }
}
