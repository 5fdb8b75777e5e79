package dev.wsss.train.config;

import dev.wsss.api.config.Doc;
import dev.wsss.eval.augment.AugmentationConfig;

/** A segmentation network, how it learns from masks and how it labels pictures afterwards. */
public record SegmentationConfig(
    @Doc("The network that learns from masks.") SegmentationNetworkConfig network,
    @Doc(
            value =
                "What the network starts from. weights: the pretrained weights that its backbone is"
                    + " configured with; student: the network of the maps, its backbone and, with"
                    + " the head 'projected', its head; in wsss run.",
            byDefault = "weights",
            origin = "choice")
        Start start,
    @Doc(
            value = "Optimiser and its schedule.",
            byDefault = "{type: sgd, rate: 0.001, new-layer-rate-factor: 10}",
            origin = "choice")
        OptimiserConfig optimiser,
    @Doc(
            value =
                "How pictures and their masks are varied: half to one and a half times a longer side"
                    + " of 512, as pictures of PASCAL VOC have.",
            byDefault = "{long-side-min: 256, long-side-max: 768, crop: 320, jitter: 0, grey: 0}",
            origin = "choice")
        AugmentationConfig augmentation,
    @Doc("Length, batch and seed.") SupervisedConfig training,
    @Doc(
            value =
                "cross-entropy: the mean over labelled pixels; balanced: half the mean over"
                    + " background and half the mean over objects.",
            byDefault = "cross-entropy",
            origin = "choice")
        Loss loss,
    @Doc(
            value =
                "Pictures with exact masks that the network is tried on after every epoch, of the"
                    + " scored split or, where that has none, of the training pictures set apart;"
                    + " they change no result.",
            byDefault = "50",
            unit = "pictures",
            min = 0,
            origin = "choice")
        int validationPictures,
    @Doc("How pictures are looked at after training.") SegmentationPassesConfig prediction) {

  /** What the network starts from. */
  public enum Start {
    /** Pretrained weights of its backbone, as is usual. */
    WEIGHTS,
    /** What the student has learned from image-level labels. */
    STUDENT
  }

  /** What a labelled pixel counts. */
  public enum Loss {
    /** All the same. */
    CROSS_ENTROPY,
    /** Background as much as all objects (Huang et al. 2018). */
    BALANCED
  }
}
