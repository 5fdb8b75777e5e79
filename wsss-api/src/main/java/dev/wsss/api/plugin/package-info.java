/**
 * How modules are found: start with {@link dev.wsss.api.plugin.WsssPlugin}, which a jar implements,
 * and {@link dev.wsss.api.plugin.PluginCatalog}, which a program asks.
 */
@NullMarked
package dev.wsss.api.plugin;

import org.jspecify.annotations.NullMarked;
