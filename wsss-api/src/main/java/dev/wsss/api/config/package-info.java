/**
 * What a module says of its configuration: start with {@link dev.wsss.api.config.Doc}, the text,
 * default and range of one key. Reading and binding are wsss-train's.
 */
@NullMarked
package dev.wsss.api.config;

import org.jspecify.annotations.NullMarked;
