package dev.wsss.train.cli;

import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.plugin.PluginCatalog;
import dev.wsss.train.progress.Terminal;
import java.util.List;

/**
 * What every command is given.
 *
 * @param modules where modules and built-in configurations are looked up
 * @param arguments what was typed, for the run's folder
 */
record Program(Terminal terminal, ClassLoader modules, Logs logs, List<String> arguments) {

  /**
   * The modules that there are.
   *
   * @throws dev.wsss.api.plugin.PluginException if they do not fit together
   */
  PluginCatalog catalog() {
    return PluginCatalog.discover(modules);
  }

  /** Reads configurations with those modules. */
  ConfigLoader configurations() {
    return new ConfigLoader(catalog(), modules);
  }
}
