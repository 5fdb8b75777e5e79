package dev.wsss.train.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
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

  /** Module names to artifact names. */
  public Map<String, String> of(Class<?> spi) {
    String prefix = spi.getSimpleName() + ".";
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
