package dev.wsss.train.plugin;

import dev.wsss.api.plugin.PluginException;
import dev.wsss.api.plugin.WsssPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A line of a jar's services file, which names a plugin.
 *
 * @param file where the services file is
 */
record ServicesLine(String file, String className) {
  static final String FILE = "META-INF/services/" + WsssPlugin.class.getName();

  /** All lines of all jars and folders that the loader sees. */
  static List<ServicesLine> in(ClassLoader loader) {
    List<ServicesLine> lines = new ArrayList<>();
    try {
      for (URL file : Collections.list(loader.getResources(FILE))) {
        for (String line : read(file).lines().toList()) {
          String className = line.replaceFirst("#.*", "").strip();
          if (!className.isEmpty()) {
            lines.add(new ServicesLine(file.toString(), className));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  private static String read(URL file) throws IOException {
    URLConnection connection = file.openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Makes the plugin.
   *
   * @throws PluginException with what is wrong with the class, and the cure
   */
  WsssPlugin make(ClassLoader loader) {
    try {
      Class<?> type = Class.forName(className, false, loader);
      if (!WsssPlugin.class.isAssignableFrom(type)) {
        throw new PluginException(
            wrong("does not implement WsssPlugin; implement it or remove the line"));
      }
      return (WsssPlugin) type.getConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw wrong("is in no jar on the class path; correct the line or rebuild the jar", e);
    } catch (UnsupportedClassVersionError e) {
      throw wrong("was compiled for a newer Java; rebuild it for Java 17 or run a newer", e);
    } catch (NoSuchMethodException e) {
      throw wrong("has no public constructor without arguments; add one", e);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof LinkageError cause
          ? unlinked(cause)
          : wrong("failed in its constructor: " + e.getCause() + "; --debug shows where", e);
    } catch (LinkageError e) {
      throw unlinked(e);
    } catch (ReflectiveOperationException e) {
      throw wrong("cannot be made: " + e, e);
    }
  }

  /** That another file names the same class. */
  String twice(ServicesLine first) {
    String here = jar();
    String there = first.jar();
    boolean alike = here.equals(there);
    return "plugin "
        + className
        + " is in "
        + (alike ? first.path() : there)
        + " and in "
        + (alike ? path() : here)
        + ", and only one of them can count; remove the other";
  }

  private PluginException unlinked(LinkageError e) {
    return wrong(
        "cannot be loaded ("
            + e
            + "); a jar that it depends on is missing beside it, or is another version",
        e);
  }

  private PluginException wrong(String what, Throwable cause) {
    return new PluginException(wrong(what), cause);
  }

  private String wrong(String what) {
    return jar() + ": " + FILE + " names " + className + ", which " + what;
  }

  /** The file name of the jar, or of the folder. */
  private String jar() {
    String path = path();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private String path() {
    return file.replace("!/" + FILE, "")
        .replace("/" + FILE, "")
        .replaceFirst("^jar:", "")
        .replaceFirst("^file:", "");
  }
}
