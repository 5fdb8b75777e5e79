package dev.wsss.api.metric;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import java.util.Optional;

/**
 * What the network says of one picture, beside the truth.
 *
 * @param example name and image-level labels
 * @param probabilities sigmoid of the logits, K values
 * @param map class activation scores at the original size, of the labelled classes
 * @param truth exact mask where there is one
 */
@SuppressWarnings("ArrayRecordComponent") // a value by reference: predictions are never compared
public record Prediction(
    Example example, float[] probabilities, ScoreMap map, Optional<IndexMask> truth) {}
