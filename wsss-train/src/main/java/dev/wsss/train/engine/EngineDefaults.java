package dev.wsss.train.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What the tensor library is told before it loads, unless the user has told it something else: to
 * send no telemetry and to look for nothing on the network.
 */
public final class EngineDefaults {

  private EngineDefaults() {}

  /** Sets system properties, which is how DJL is told from Java. */
  public static void set() {
    missing(System.getenv(), System.getProperties()).forEach(System::setProperty);
  }

  /** The properties that neither the environment nor the properties have decided. */
  static Map<String, String> missing(Map<String, String> environment, Properties properties) {
    Map<String, String> missing = new LinkedHashMap<>();
    if (!environment.containsKey("OPT_OUT_TRACKING")
        && properties.getProperty("OPT_OUT_TRACKING") == null) {
      missing.put("OPT_OUT_TRACKING", "true");
    }
    boolean decided =
        environment.containsKey("DJL_OFFLINE")
            || Stream.of("ai.djl.offline", "offline")
                .anyMatch(name -> properties.getProperty(name) != null);
    if (!decided) {
      missing.put("ai.djl.offline", "true");
    }
    return missing;
  }
}
