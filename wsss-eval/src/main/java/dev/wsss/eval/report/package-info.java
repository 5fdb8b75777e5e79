/**
 * What a person reads after a run: {@link dev.wsss.eval.report.AblationTable} compares cells over
 * seeds, {@link dev.wsss.eval.report.StageTables} those that make masks in stages; {@link
 * dev.wsss.eval.report.OverlaySheet} shows the same pictures in every cell.
 */
@NullMarked
package dev.wsss.eval.report;

import org.jspecify.annotations.NullMarked;
