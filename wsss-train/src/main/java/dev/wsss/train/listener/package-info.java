/** Calls the listeners of a run: start with {@link dev.wsss.train.listener.Listeners}. */
@NullMarked
package dev.wsss.train.listener;

import org.jspecify.annotations.NullMarked;
