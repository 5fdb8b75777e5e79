package dev.wsss.api.network;

/**
 * Shape of a feature map.
 *
 * @param channels number of channels
 * @param strideInPixels input pixels from one grid cell to the next, in each direction
 */
public record FeatureSpec(int channels, int strideInPixels) {}
