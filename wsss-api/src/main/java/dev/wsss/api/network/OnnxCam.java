package dev.wsss.api.network;

import dev.wsss.api.onnx.OnnxValue;

/**
 * What a pass gives in an ONNX graph, as {@link CamOutput} does in the engine.
 *
 * @param features N×D×h×w
 * @param maps raw class activation maps N×K×h×w, before any ReLU
 */
public record OnnxCam(OnnxValue features, OnnxValue maps) {}
