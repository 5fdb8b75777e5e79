package dev.wsss.eval.report;

/**
 * The masks that a stage has made of a split.
 *
 * @param stage its name, or {@link StageTables#LAST}
 * @param split its name
 */
public record StageMasks(String stage, String split) {}
