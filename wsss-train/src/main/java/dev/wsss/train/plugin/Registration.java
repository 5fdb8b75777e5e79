package dev.wsss.train.plugin;

import dev.wsss.api.config.Spelling;
import dev.wsss.api.plugin.PluginException;
import dev.wsss.api.plugin.RegisteredModule;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a module must be to be registered. */
final class Registration {

  private Registration() {}

  /**
   * Checks one module.
   *
   * @throws PluginException with the jar, the module and what is allowed
   */
  static void check(RegisteredModule<?> module) {
    if (!Kebab.matches(module.name())) {
      throw new PluginException(
          module.source()
              + ": module name '"
              + module.name()
              + "' is not kebab-case; allowed are "
              + Kebab.ALLOWED);
    }
    Spi spi = Spi.of(module.spi()).orElseThrow(() -> wrong(module, unknownInterface(module.spi())));
    if (!module.config().isRecord()) {
      throw wrong(module, "is configured by " + module.config().getName() + ", which is no record");
    }
    if (!module.spi().isAssignableFrom(module.implementation())) {
      throw wrong(
          module,
          "is made by "
              + module.implementation().getName()
              + ", which does not implement "
              + module.spi().getSimpleName());
    }
    checkKeys(module, spi);
  }

  private static void checkKeys(RegisteredModule<?> module, Spi spi) {
    Set<String> taken = new TreeSet<>(spi.keysBeside());
    taken.add("type");
    for (RecordComponent component : module.config().getRecordComponents()) {
      String key = Kebab.of(component.getName());
      if (taken.contains(key)) {
        throw wrong(
            module,
            "has the key '"
                + key
                + "' in "
                + module.config().getName()
                + ", which never reaches it: the slot around it has the keys "
                + String.join(", ", taken)
                + "; rename it");
      }
    }
  }

  private static String unknownInterface(Class<?> type) {
    List<String> known = Spi.ALL.stream().map(spi -> spi.type().getSimpleName()).toList();
    return "is registered for "
        + type.getName()
        + ", which no module can implement; allowed are "
        + String.join(", ", known)
        + Spelling.suggestion(type.getSimpleName(), known);
  }

  private static PluginException wrong(RegisteredModule<?> module, String what) {
    return new PluginException(module.source() + ": module '" + module.name() + "' " + what);
  }
}
