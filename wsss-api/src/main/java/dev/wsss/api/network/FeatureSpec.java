package dev.wsss.api.network;

/**
 * Shape of a feature map.
 *
 * @param channels number of channels
 * @param strideInPixels input pixels per grid cell, in each direction
 */
public record FeatureSpec(int channels, int strideInPixels) {}
