/**
 * Strict configuration: YAML is read with positions, merged, and bound to records whose components
 * carry {@link dev.wsss.api.config.Doc}.
 *
 * <p>Start with {@link dev.wsss.api.config.ConfigLoader}, whose {@code load} gives a {@link
 * dev.wsss.api.config.ConfigTree} and whose {@code bind} turns it into a record. {@link
 * dev.wsss.api.config.ResolvedConfig}, {@link dev.wsss.api.config.Explain} and {@link
 * dev.wsss.api.config.JsonSchema} read the same records for people and editors. Inside, a {@code
 * Key} is what all of them see of a record component.
 */
@NullMarked
package dev.wsss.api.config;

import org.jspecify.annotations.NullMarked;
