/**
 * What a module's tests build on: extend {@link dev.wsss.api.testing.SelfSupervisionContract} for a
 * self-supervision module of your own; {@link dev.wsss.api.testing.FakeStep} and its views stand in
 * for a training step.
 */
@NullMarked
package dev.wsss.api.testing;

import org.jspecify.annotations.NullMarked;
