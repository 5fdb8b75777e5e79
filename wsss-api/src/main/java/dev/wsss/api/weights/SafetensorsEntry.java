package dev.wsss.api.weights;

import ai.djl.ndarray.types.Shape;

/**
 * A tensor as the header of a safetensors file describes it.
 *
 * @param begin first byte, counted from the end of the header
 * @param end the byte behind the last one
 */
record SafetensorsEntry(String name, StoredType type, Shape shape, long begin, long end) {}
