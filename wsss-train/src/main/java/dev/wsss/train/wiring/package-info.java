/**
 * The only package that knows Guice: {@link dev.wsss.train.wiring.RunModule} wires one run from its
 * configuration.
 */
@NullMarked
package dev.wsss.train.wiring;

import org.jspecify.annotations.NullMarked;
