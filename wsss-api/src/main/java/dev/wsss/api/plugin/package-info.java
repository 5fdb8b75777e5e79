/** How a jar brings modules: start with {@link dev.wsss.api.plugin.WsssPlugin}. */
@NullMarked
package dev.wsss.api.plugin;

import org.jspecify.annotations.NullMarked;
