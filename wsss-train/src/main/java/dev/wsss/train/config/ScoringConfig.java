package dev.wsss.train.config;

import dev.wsss.api.config.Doc;
import dev.wsss.eval.cam.MapMethod;

/** Which split is scored and where thresholds are chosen. */
public record ScoringConfig(
    @Doc(value = "Split whose pictures are scored.", byDefault = "val") String split,
    @Doc(
            value =
                "Share of the training split on whose masks the held-out threshold is chosen; these"
                    + " pictures are left out when the training split itself is scored.",
            byDefault = "0.2",
            min = 0,
            max = 0.9,
            origin = "choice")
        double heldOutShare,
    @Doc(value = "Which network is scored.", byDefault = "student", origin = "choice")
        Network network,
    @Doc(
            value =
                "What a class's map is made of: cam, the head's own map; pixel-correlation, that map"
                    + " spread over cells with like features, as in SEAM; grad-cam or layer-cam, the"
                    + " backbone's features weighted by the gradients of the class's logit. An"
                    + " exported model has cam or pixel-correlation.",
            byDefault = "cam",
            origin = "paper")
        MapMethod mapMethod,
    @Doc(
            value =
                "Pictures of the scored split, the first ones, whose maps and masks are kept in"
                    + " cams/ and masks/ of the run's folder.",
            byDefault = "8",
            unit = "images",
            min = 0,
            origin = "choice")
        int maps,
    @Doc(
            value =
                "Score from which a pixel of masks/ gets its class, where no threshold could be"
                    + " chosen on held-out pictures.",
            byDefault = "0.3",
            min = 0,
            max = 1,
            origin = "authors")
        double maskThreshold) {

  /** Which network is scored. */
  public enum Network {
    /** MainNet. */
    STUDENT,
    /** SupportNet. */
    TEACHER
  }
}
