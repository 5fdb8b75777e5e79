package dev.wsss.train.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/** Which jar of this project brings which module, to name the one that is missing. */
public final class ShippedModules {
  private static final String RESOURCE = "shipped-modules.properties";

  private final Properties jars = new Properties();

  public ShippedModules() {
    try (InputStream in = ShippedModules.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("wsss-train is incomplete: it lacks " + RESOURCE);
      }
      jars.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The artifacts of this project that bring modules, each with the class of its plugin. */
  public Map<String, String> plugins() {
    return under("plugin.");
  }

  /** Module names to artifact names. */
  public Map<String, String> of(Class<?> spi) {
    return under(spi.getSimpleName() + ".");
  }

  /**
   * Plugins of this project that are on the class path although no services file names them: jars
   * were merged into one, and of their services files one was kept.
   */
  List<String> unnamed(ClassLoader loader, Set<String> named) {
    return plugins().values().stream()
        .filter(plugin -> !named.contains(plugin) && isThere(plugin, loader))
        .map(
            plugin ->
                plugin
                    + " is on the class path, but no "
                    + ServicesLine.FILE
                    + " names it; where several jars are packed into one, merge these files as well"
                    + " (maven-shade-plugin: ServicesResourceTransformer; Gradle's shadow:"
                    + " mergeServiceFiles())")
        .toList();
  }

  private static boolean isThere(String className, ClassLoader loader) {
    return loader.getResource(className.replace('.', '/') + ".class") != null;
  }

  private Map<String, String> under(String prefix) {
    Map<String, String> names = new TreeMap<>();
    for (String key : jars.stringPropertyNames()) {
      if (key.startsWith(prefix)) {
        names.put(
            key.substring(prefix.length()),
            Optional.ofNullable(jars.getProperty(key)).orElseThrow());
      }
    }
    return names;
  }
}
