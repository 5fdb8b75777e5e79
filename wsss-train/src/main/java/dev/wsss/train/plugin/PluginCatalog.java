package dev.wsss.train.plugin;

import dev.wsss.api.plugin.PluginException;
import dev.wsss.api.plugin.RegisteredModule;
import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All modules on a class path by SPI and name; immutable once discovered. */
public final class PluginCatalog {
  private final Map<Class<?>, Map<String, RegisteredModule<?>>> modules = new LinkedHashMap<>();

  private PluginCatalog() {}

  /**
   * Collects the modules of every {@link WsssPlugin} that {@code loader} sees.
   *
   * @throws PluginException if a plugin cannot be loaded, is in two jars or fails, or a module
   *     cannot be registered
   */
  public static PluginCatalog discover(ClassLoader loader) {
    return of(PluginLoader.load(loader));
  }

  /** Collects the modules of the given plugins; for tests and embedded use. */
  public static PluginCatalog of(Iterable<WsssPlugin> plugins) {
    PluginCatalog catalog = new PluginCatalog();
    for (WsssPlugin plugin : plugins) {
      String source = CodeSources.of(plugin.getClass());
      Registry registry =
          new Registry() {
            @Override
            public <S> void add(
                Class<S> spi,
                String name,
                Class<? extends Record> config,
                Class<? extends S> implementation) {
              catalog.add(new RegisteredModule<>(spi, name, config, implementation, source));
            }
          };
      try {
        plugin.register(registry);
      } catch (LinkageError e) {
        throw new PluginException(
            source
                + ": "
                + plugin.getClass().getName()
                + " names a class that cannot be loaded ("
                + e
                + "); a jar that it depends on is missing beside it, or is another version",
            e);
      } catch (PluginException e) {
        throw e;
      } catch (RuntimeException e) {
        throw new PluginException(
            source
                + ": "
                + plugin.getClass().getName()
                + " failed in register: "
                + e
                + "; --debug shows where",
            e);
      }
    }
    return catalog;
  }

  private void add(RegisteredModule<?> module) {
    Registration.check(module);
    RegisteredModule<?> first =
        modules
            .computeIfAbsent(module.spi(), spi -> new LinkedHashMap<>())
            .putIfAbsent(module.name(), module);
    if (first != null) {
      throw new PluginException(
          "two modules are called '"
              + module.name()
              + "' ("
              + module.spi().getSimpleName()
              + "): "
              + first.implementation().getName()
              + " from "
              + first.source()
              + " and "
              + module.implementation().getName()
              + " from "
              + module.source()
              + "; remove one jar or rename one module");
    }
  }

  /** The module of that name, if there is one. */
  @SuppressWarnings("unchecked") // add() keys modules by their own SPI
  public <S> Optional<RegisteredModule<S>> find(Class<S> spi, String name) {
    return Optional.ofNullable((RegisteredModule<S>) modules.getOrDefault(spi, Map.of()).get(name));
  }

  /** Names registered for an SPI, sorted. */
  public List<String> names(Class<?> spi) {
    return modules.getOrDefault(spi, Map.of()).keySet().stream().sorted().toList();
  }

  /** Every module, sorted by SPI and name. */
  public List<RegisteredModule<?>> all() {
    List<RegisteredModule<?>> all = new ArrayList<>();
    modules.values().forEach(byName -> all.addAll(byName.values()));
    all.sort(
        Comparator.comparing((RegisteredModule<?> m) -> m.spi().getSimpleName())
            .thenComparing(RegisteredModule::name));
    return all;
  }
}
