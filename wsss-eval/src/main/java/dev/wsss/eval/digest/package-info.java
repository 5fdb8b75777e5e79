/** Checksums of files and texts: {@link dev.wsss.eval.digest.Sha256}. */
@NullMarked
package dev.wsss.eval.digest;

import org.jspecify.annotations.NullMarked;
