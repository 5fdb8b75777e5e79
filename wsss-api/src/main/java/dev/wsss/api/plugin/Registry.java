package dev.wsss.api.plugin;

/** Takes the modules that a {@link WsssPlugin} brings. */
public interface Registry {

  /**
   * Adds one module.
   *
   * <p>The implementation has one constructor marked {@link jakarta.inject.Inject}. It may take its
   * own configuration record and whatever the SPI's Javadoc lists as available.
   *
   * @param spi the interface that is implemented, for example {@code SelfSupervision.class}
   * @param name kebab-case name used as {@code type} in a configuration; unique per SPI
   * @param config record whose components carry {@link dev.wsss.api.config.Doc}
   * @param implementation class with the constructor to call
   * @throws PluginException if no module can implement that interface, the name is taken or
   *     malformed, or a key of the record belongs to the slot around the module, such as {@code
   *     weight}
   */
  <S> void add(
      Class<S> spi, String name, Class<? extends Record> config, Class<? extends S> implementation);
}
