/**
 * Strict configuration: YAML is read with positions, merged, and bound to records whose components
 * carry {@link dev.wsss.api.config.Doc}.
 *
 * <p>Start with {@link dev.wsss.train.config.binding.ConfigLoader}, whose {@code load} gives a
 * {@link dev.wsss.train.config.binding.ConfigTree} and whose {@code bind} turns it into a record.
 * {@link dev.wsss.train.config.binding.ResolvedConfig}, {@link
 * dev.wsss.train.config.binding.Explain} and {@link dev.wsss.train.config.binding.JsonSchema} read
 * the same records for people and editors. Inside, a {@code Key} is what all of them see of a
 * record component.
 */
@NullMarked
package dev.wsss.train.config.binding;

import org.jspecify.annotations.NullMarked;
