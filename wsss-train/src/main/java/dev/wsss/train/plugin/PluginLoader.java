package dev.wsss.train.plugin;

import dev.wsss.api.plugin.PluginException;
import dev.wsss.api.plugin.WsssPlugin;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Instantiates the plugins that services lines name, or says which line of which jar is wrong. */
final class PluginLoader {

  private PluginLoader() {}

  static List<WsssPlugin> load(ClassLoader loader) {
    List<WsssPlugin> plugins = new ArrayList<>();
    try {
      Iterator<WsssPlugin> found = ServiceLoader.load(WsssPlugin.class, loader).iterator();
      while (found.hasNext()) {
        plugins.add(found.next());
      }
      return plugins;
    } catch (ServiceConfigurationError | LinkageError e) {
      List<String> wrong =
          ServicesLines.in(loader).stream().flatMap(l -> l.problem().stream()).toList();
      throw new PluginException(
          wrong.isEmpty()
              ? "plugins cannot be loaded: " + e.getMessage()
              : String.join("\n", wrong),
          e);
    }
  }
}
