package dev.wsss.train.ablation;

import dev.wsss.api.listener.RunListener;
import dev.wsss.train.pipeline.PipelineListener;
import java.util.function.Supplier;

/**
 * Who follows the work of a run.
 *
 * @param run follows its training
 * @param pipeline makes what follows its stages; called for a pipeline, once
 */
record CellFollower(RunListener run, Supplier<PipelineListener> pipeline) {}
