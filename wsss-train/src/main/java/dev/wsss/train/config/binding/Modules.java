package dev.wsss.train.config.binding;

import dev.wsss.api.config.Doc;
import dev.wsss.api.plugin.PluginException;
import dev.wsss.api.plugin.RegisteredModule;
import java.util.List;
import java.util.Optional;

/** What is said of modules without making one. */
final class Modules {

  private Modules() {}

  /** One line on what a module is: the {@link Doc} of its class, else of its configuration. */
  static String line(RegisteredModule<?> module) {
    Class<?> described = module.implementation();
    if (!described.isAnnotationPresent(Doc.class)) {
      described = module.config();
    }
    Doc doc = described.getAnnotation(Doc.class);
    return doc == null ? module.implementation().getSimpleName() : doc.value();
  }

  /**
   * The keys of a module.
   *
   * @throws PluginException if its record holds what no configuration can
   */
  static List<Key> keys(RegisteredModule<?> module) {
    try {
      return Key.of(module.config());
    } catch (IllegalArgumentException e) {
      throw new PluginException(
          module.source() + ": module '" + module.name() + "': " + e.getMessage(), e);
    }
  }

  /** The SPI of a module in this shape, be it on its own or inline in a slot's record. */
  static Optional<Class<?>> spiOf(Shape shape) {
    if (shape instanceof Shape.Module module) {
      return Optional.of(module.spi());
    }
    if (shape instanceof Shape.Section section) {
      List<Key> keys = Key.of(section.type());
      return Key.inlineOf(keys).flatMap(key -> spiOf(key.shape()));
    }
    return Optional.empty();
  }
}
