/**
 * The regional contrastive module: start with {@link dev.wsss.rcm.RegionalContrast}, which reads
 * from top to bottom as the method does; {@link dev.wsss.rcm.RcmConfig} lists its keys.
 */
@NullMarked
package dev.wsss.rcm;

import org.jspecify.annotations.NullMarked;
