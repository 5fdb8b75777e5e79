package dev.wsss.train.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Signals of the operating system, by {@code sun.misc.Signal} of the module {@code
 * jdk.unsupported}. Called by reflection: the compiler warns of it in a way that cannot be turned
 * off, and a Java without it runs too.
 */
final class Signals {
  /** Those that end a process where nobody handles them; Windows lacks the last. */
  static final List<String> THAT_END = List.of("INT", "TERM", "HUP");

  private static final int SIGNAL_BASE = 128;

  private final Class<?> signal;
  private final Class<?> handler;

  private Signals(Class<?> signal, Class<?> handler) {
    this.signal = signal;
    this.handler = handler;
  }

  /** Empty where Java lacks them. */
  static Optional<Signals> here() {
    try {
      return Optional.of(
          new Signals(Class.forName("sun.misc.Signal"), Class.forName("sun.misc.SignalHandler")));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Calls the listener with the signal's number, in a thread of its own, whenever it comes. Does
   * nothing where Java may not have the signal: the system lacks it, {@code nohup} ignores it, or
   * Java was started with {@code -Xrs}.
   */
  void handle(String name, IntConsumer listener) {
    try {
      Object own = signal(name);
      handle(
          own,
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  listener.accept(number(own));
                }
                return null;
              }));
    } catch (InvocationTargetException e) {
      // The signal is not to be had, and does what it did before.
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot handle signal " + name, e);
    }
  }

  /**
   * Ends this process as the system ends those that do not handle the signal: at once, without
   * hooks, and without a native library's end, in which its threads at work would crash.
   */
  void endBy(String name) {
    int number = 0;
    try {
      Object own = signal(name);
      number = number(own);
      handle(own, handler.getField("SIG_DFL").get(null));
      signal.getMethod("raise", signal).invoke(null, own);
    } catch (ReflectiveOperationException e) {
      // Java's own way is left.
    }
    Runtime.getRuntime().halt(SIGNAL_BASE + number);
  }

  private Object signal(String name) throws ReflectiveOperationException {
    return signal.getConstructor(String.class).newInstance(name);
  }

  private int number(Object own) throws ReflectiveOperationException {
    return (Integer) signal.getMethod("getNumber").invoke(own);
  }

  private void handle(Object own, Object by) throws ReflectiveOperationException {
    signal.getMethod("handle", signal, handler).invoke(null, own, by);
  }
}
