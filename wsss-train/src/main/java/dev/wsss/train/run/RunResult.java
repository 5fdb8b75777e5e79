package dev.wsss.train.run;

import dev.wsss.api.metric.Score;
import java.util.List;
import java.util.Map;

/**
 * What a finished run says.
 *
 * @param split the split that was scored
 * @param scores numbers by metric name
 * @param badImages distinct training pictures that could not be decoded and were skipped
 * @param seconds wall time of training and scoring, over all its sessions
 */
public record RunResult(
    String split, Map<String, List<Score>> scores, int badImages, double seconds) {}
