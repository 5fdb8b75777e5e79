package dev.wsss.train.config.binding;

import dev.wsss.api.config.Spelling;
import dev.wsss.api.plugin.RegisteredModule;
import dev.wsss.train.plugin.PluginCatalog;
import dev.wsss.train.plugin.ShippedModules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Looks modules up by name, and says what is known where a name is not. */
final class ModuleFinder {
  private final PluginCatalog catalog;
  private final ShippedModules shipped = new ShippedModules();

  ModuleFinder(PluginCatalog catalog) {
    this.catalog = catalog;
  }

  Optional<? extends RegisteredModule<?>> find(Class<?> spi, String name) {
    return catalog.find(spi, name);
  }

  /** What is near a name that finds nothing, or which jar is missing; or nothing. */
  String near(Class<?> spi, String name) {
    Map<String, String> jars = shipped.of(spi);
    TreeSet<String> near = new TreeSet<>(jars.keySet());
    near.addAll(catalog.names(spi));
    return jars.containsKey(name)
        ? missing(spi, name)
        : Spelling.nearest(name, near)
            .map(n -> "; did you mean '" + n + "'?" + missing(spi, n).replace(";", ""))
            .orElse("");
  }

  /** The registered names in words. */
  String known(Class<?> spi) {
    List<String> names = catalog.names(spi);
    return names.isEmpty()
        ? "no jar on the class path brings any " + spi.getSimpleName()
        : "known are " + String.join(", ", names);
  }

  private String missing(Class<?> spi, String name) {
    String jar = shipped.of(spi).get(name);
    return jar == null || catalog.find(spi, name).isPresent()
        ? ""
        : "; '"
            + name
            + "' comes with "
            + jar
            + ", which is not on the class path: put its jar into plugins/ or depend on dev.wsss:"
            + jar;
  }
}
