package dev.wsss.train.config;

import dev.wsss.api.classification.ClassificationLoss;
import dev.wsss.api.config.Choice;
import dev.wsss.api.config.Doc;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.metric.Metric;
import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.eval.augment.AugmentationConfig;
import dev.wsss.eval.cam.CamConfig;
import dev.wsss.train.config.binding.ConfigTree;
import java.util.Map;
import java.util.Optional;

/** One run: data, networks, losses, training and scoring. The root of every configuration file. */
@Doc("A run.")
public record RunConfig(
    @Doc("Data set with image-level labels.") Choice<SegmentationDataset> data,
    @Doc("How training pictures are varied.") AugmentationConfig augmentation,
    @Doc("Student and teacher are two of these.") NetworkConfig network,
    @Doc(
            "Named slots of self-supervision; a slot's type is its name unless it says otherwise."
                + " Null removes one.")
        Map<String, SlotConfig> selfSupervision,
    @Doc(value = "How the teacher follows the student.", byDefault = "{type: ema}")
        Choice<TeacherUpdate> teacher,
    @Doc(value = "Optimiser and its schedule.", byDefault = "{type: sgd}")
        OptimiserConfig optimiser,
    @Doc(
            value =
                "What the student learns from the labels; training.classification-weight is its λ.",
            byDefault = "{type: binary-cross-entropy}",
            origin = "paper")
        Choice<ClassificationLoss> classificationLoss,
    @Doc("Length, batch and seed.") TrainingConfig training,
    @Doc("How class activation maps are inferred for scoring.") CamConfig cams,
    @Doc("Which split is scored and where thresholds are chosen.") ScoringConfig scoring,
    @Doc(
            value = "Named metrics; a metric's type is its name unless it says otherwise.",
            byDefault = "{cam-miou: {}, image-map: {}}")
        Map<String, Choice<Metric<?>>> metrics,
    @Doc(
            "Named listeners that follow the run; a listener's type is its name unless it says"
                + " otherwise.")
        Map<String, Choice<RunListener>> listeners,
    @Doc(
            "A training before this one, of wsss run: keys of augmentation, self-supervision,"
                + " teacher, optimiser, classification-loss, training and listeners that are laid over"
                + " this configuration for it. Where its last checkpoint stands, this one starts.")
        Optional<ConfigTree> first,
    @Doc("How masks are made of maps, after training; of wsss run.")
        Optional<PseudoLabelConfig> pseudoLabels,
    @Doc(
            "The network that learns from these masks, and needs no labels afterwards; of wsss run."
                + " Without a backbone of its own it has that of network.")
        Optional<SegmentationConfig> segmentation,
    @Doc("How the tensor engine computes.") EngineConfig engine) {}
