package dev.wsss.api.metric;

/**
 * The winning foreground class of every pixel of one picture and its score.
 *
 * @param width in pixels of the original picture
 * @param height in pixels
 * @param winner foreground class k per pixel, width·height bytes
 * @param score 0…1 per pixel: the winner's class activation divided by that class's largest in the
 *     picture; 0 where no class is active
 */
@SuppressWarnings("ArrayRecordComponent") // a value by reference: maps are never compared
public record ScoreMap(int width, int height, byte[] winner, float[] score) {}
