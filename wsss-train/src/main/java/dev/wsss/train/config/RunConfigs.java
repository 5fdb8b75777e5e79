package dev.wsss.train.config;

import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.plugin.PluginCatalog;
import java.util.List;

/** Loads run configurations with the modules on the class path. */
public final class RunConfigs {

  private RunConfigs() {}

  /**
   * Loads a file, or a built-in configuration such as {@code quickstart-base}.
   *
   * @param assignments such as {@code training.epochs=3}, laid over the file
   * @throws dev.wsss.api.config.ConfigException with every problem at its place
   */
  public static RunConfig load(String fileOrName, String... assignments) {
    ClassLoader classes = RunConfigs.class.getClassLoader();
    ConfigLoader loader = new ConfigLoader(PluginCatalog.discover(classes), classes);
    return loader.bind(loader.load(fileOrName, List.of(assignments)), RunConfig.class);
  }
}
