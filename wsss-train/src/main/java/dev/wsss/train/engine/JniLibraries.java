package dev.wsss.train.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The bridges between Java and PyTorch that are on the class path (pytorch-jni): one for each
 * build, such as {@code cpu} or {@code cu128}.
 *
 * @param version of PyTorch that all of them are for, such as 2.7.1
 * @param flavours for this system
 */
record JniLibraries(String version, SortedSet<String> flavours) {
  private static final String PROPERTIES = "jnilib/pytorch.properties";

  /** Those on the class path; empty where there are none. */
  static Optional<JniLibraries> here() {
    URL url = JniLibraries.class.getClassLoader().getResource(PROPERTIES);
    if (url == null) {
      return Optional.empty();
    }
    try (InputStream in = url.openStream()) {
      Properties properties = new Properties();
      properties.load(in);
      // 2.7.1-0.35.1: PyTorch's version, then DJL's
      String version = properties.getProperty("jni_version", "").replaceFirst("-.*", "");
      return Optional.of(new JniLibraries(version, flavours(url)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + url + ": " + e.getMessage(), e);
    }
  }

  private static SortedSet<String> flavours(URL inJar) throws IOException {
    SortedSet<String> flavours = new TreeSet<>();
    if (inJar.openConnection() instanceof JarURLConnection connection) {
      String folder = "jnilib/" + system() + "/";
      connection.setUseCaches(false); // else closing the jar would close that of the class loader
      try (var jar = connection.getJarFile()) {
        jar.stream()
            .map(entry -> entry.getName())
            .filter(name -> name.startsWith(folder) && name.indexOf('/', folder.length()) > 0)
            .forEach(
                name ->
                    flavours.add(
                        name.substring(folder.length(), name.indexOf('/', folder.length()))));
      }
    }
    return flavours;
  }

  /** As DJL names it: linux-x86_64, linux-aarch64, osx-aarch64, win-x86_64. */
  private static String system() {
    String name = System.getProperty("os.name");
    String system = name.startsWith("Win") ? "win" : name.startsWith("Mac") ? "osx" : "linux";
    String architecture = System.getProperty("os.arch");
    return system + "-" + (architecture.equals("amd64") ? "x86_64" : architecture);
  }
}
