/**
 * How modules are found: start with {@link dev.wsss.train.plugin.PluginCatalog}, which a program
 * asks.
 */
@NullMarked
package dev.wsss.train.plugin;

import org.jspecify.annotations.NullMarked;
