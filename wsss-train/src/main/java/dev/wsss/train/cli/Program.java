package dev.wsss.train.cli;

import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.plugin.BrokenJars;
import dev.wsss.train.plugin.PluginCatalog;
import dev.wsss.train.progress.Terminal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every command is given. */
final class Program {
  private final Terminal terminal;
  private final Logs logs;
  private final List<String> arguments;
  private final ClassLoader modules;
  private final String classPath;

  private @Nullable PluginCatalog catalog;

  /**
   * @param arguments what was typed, for the run's folder
   * @param modules where modules and built-in configurations are looked up
   * @param classPath what {@code modules} reads, to find jars that it leaves out
   */
  Program(
      Terminal terminal, Logs logs, List<String> arguments, ClassLoader modules, String classPath) {
    this.terminal = terminal;
    this.logs = logs;
    this.arguments = List.copyOf(arguments);
    this.modules = modules;
    this.classPath = classPath;
  }

  Terminal terminal() {
    return terminal;
  }

  Logs logs() {
    return logs;
  }

  List<String> arguments() {
    return arguments;
  }

  /**
   * The modules that there are; plugins are made at the first call.
   *
   * @throws dev.wsss.api.plugin.PluginException if they do not fit together, or a jar is broken
   */
  synchronized PluginCatalog catalog() {
    PluginCatalog found = catalog;
    if (found == null) {
      BrokenJars.refuse(classPath);
      found = PluginCatalog.discover(modules);
      catalog = found;
    }
    return found;
  }

  /** Reads configurations with those modules. */
  ConfigLoader configurations() {
    return new ConfigLoader(catalog(), modules);
  }
}
