package dev.wsss.train.plugin;

import dev.wsss.api.plugin.WsssPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The lines that name plugins, read again to find the one that ServiceLoader stumbled over. */
final class ServicesLines {
  private static final String FILE = "META-INF/services/" + WsssPlugin.class.getName();

  /**
   * One line.
   *
   * @param jar file name of the jar, or the folder
   */
  record Line(String jar, String className, ClassLoader loader) {

    /** What is wrong with the class that is named, and the cure; empty where nothing is. */
    Optional<String> problem() {
      String place = jar + ": " + FILE + " names " + className;
      try {
        Class<?> type = Class.forName(className, false, loader);
        if (!WsssPlugin.class.isAssignableFrom(type)) {
          return Optional.of(
              place + ", which does not implement WsssPlugin; implement it or remove the line");
        }
        type.getConstructor().newInstance();
        return Optional.empty();
      } catch (ClassNotFoundException e) {
        return Optional.of(
            place + ", which is in no jar on the class path; correct the line or rebuild the jar");
      } catch (UnsupportedClassVersionError e) {
        return Optional.of(
            place + ", which was compiled for a newer Java; rebuild it for Java 17 or run a newer");
      } catch (NoSuchMethodException e) {
        return Optional.of(place + ", which has no public constructor without arguments; add one");
      } catch (ReflectiveOperationException | LinkageError e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return Optional.of(
            place
                + ", which cannot be loaded ("
                + cause
                + "); a jar that it depends on is missing beside it, or is another version");
      }
    }
  }

  private ServicesLines() {}

  static List<Line> in(ClassLoader loader) {
    List<Line> lines = new ArrayList<>();
    try {
      for (URL file : Collections.list(loader.getResources(FILE))) {
        String jar = jarOf(file);
        for (String line : read(file).lines().toList()) {
          String className = line.replaceFirst("#.*", "").strip();
          if (!className.isEmpty()) {
            lines.add(new Line(jar, className, loader));
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

  private static String jarOf(URL file) throws IOException {
    String path =
        file.openConnection() instanceof JarURLConnection jar
            ? jar.getJarFileURL().getPath()
            : file.getPath().replace("/" + FILE, "");
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
