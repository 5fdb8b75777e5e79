/**
 * The program {@code wsss}: start with {@link dev.wsss.train.cli.Main}; each command is a class of
 * its own.
 */
@NullMarked
package dev.wsss.train.cli;

import org.jspecify.annotations.NullMarked;
