/**
 * Strict configuration: YAML is read with positions, merged, and bound to records whose components
 * carry {@link dev.wsss.api.config.Doc}.
 */
@NullMarked
package dev.wsss.api.config;

import org.jspecify.annotations.NullMarked;
