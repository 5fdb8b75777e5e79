package dev.wsss.api.plugin;

/**
 * One registered module.
 *
 * @param spi the interface it implements
 * @param name its name in configurations
 * @param config its configuration record
 * @param implementation its class
 * @param source the jar or folder it came from
 */
public record RegisteredModule<S>(
    Class<S> spi,
    String name,
    Class<? extends Record> config,
    Class<? extends S> implementation,
    String source) {}
