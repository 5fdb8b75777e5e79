/**
 * Following a run, for logs, early stopping or validation of one's own: start with {@link
 * dev.wsss.api.listener.RunListener}.
 */
@NullMarked
package dev.wsss.api.listener;

import org.jspecify.annotations.NullMarked;
