package dev.wsss.api.network;

import ai.djl.ndarray.NDArray;

/**
 * What one pass gives.
 *
 * @param features B×D×h×w
 * @param maps raw class activation maps B×K×h×w, before any ReLU
 */
public record CamOutput(NDArray features, NDArray maps) {}
