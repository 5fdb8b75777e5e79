package dev.wsss.train.plugin;

import dev.wsss.api.plugin.PluginException;
import dev.wsss.api.plugin.WsssPlugin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the plugins that services lines name, each once, or says which line is wrong. */
final class PluginLoader {

  private PluginLoader() {}

  static List<WsssPlugin> load(ClassLoader loader) {
    Map<String, ServicesLine> lines = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    List<Throwable> causes = new ArrayList<>();
    for (ServicesLine line : ServicesLine.in(loader)) {
      ServicesLine first = lines.putIfAbsent(line.className(), line);
      if (first != null && !first.file().equals(line.file())) {
        problems.add(line.twice(first));
      }
    }
    problems.addAll(new ShippedModules().unnamed(loader, lines.keySet()));
    List<WsssPlugin> plugins = new ArrayList<>();
    for (ServicesLine line : lines.values()) {
      try {
        plugins.add(line.make(loader));
      } catch (PluginException e) {
        problems.add(e.getMessage());
        causes.add(e);
      }
    }
    if (!problems.isEmpty()) {
      PluginException all = new PluginException(String.join("\n", problems));
      causes.forEach(all::addSuppressed);
      throw all;
    }
    return plugins;
  }
}
