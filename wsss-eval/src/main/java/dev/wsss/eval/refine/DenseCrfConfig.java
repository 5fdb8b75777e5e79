package dev.wsss.eval.refine;

import dev.wsss.api.config.Doc;
import dev.wsss.eval.refine.crf.MeanField;
import java.util.Optional;

/** The keys of {@link DenseCrf}. */
@Doc("Dense CRF: moves labels to the edges of places and colours, by mean field.")
public record DenseCrfConfig(
    @Doc(
            value =
                "Where the numbers below come from that are not given: cam for scores of maps,"
                    + " irn-label for hard labels, segmentation or large for a segmentation"
                    + " network.",
            byDefault = "cam",
            origin = "authors")
        CrfPreset preset,
    @Doc(
            value =
                "What is believed before the picture is looked at: scores, as if they were"
                    + " probabilities, or the labels that they make. Absent: labels for irn-label,"
                    + " else scores.")
        Optional<CrfUnary> unary,
    @Doc(
            value = "Probability of the label that the scores make, with unary labels.",
            byDefault = "0.7",
            min = 0.001,
            max = 0.999,
            origin = "authors")
        double certainty,
    @Doc(value = "Rounds of mean field. Absent: the preset's, 10.", min = 0)
        Optional<Integer> iterations,
    @Doc(
            value =
                "Standard deviation of places in the term of places. Absent: 3, with preset large"
                    + " 1.",
            unit = "pixels",
            min = 0.05)
        Optional<Double> gaussianSxy,
    @Doc(value = "Weight of the term of places; 0 for none. Absent: 3.", min = 0)
        Optional<Double> gaussianCompat,
    @Doc(
            value =
                "Standard deviation of places in the term of places and colours. Absent: 80 (cam),"
                    + " 50 (irn-label), 83 (segmentation), 67 (large).",
            unit = "pixels",
            min = 0.05)
        Optional<Double> bilateralSxy,
    @Doc(
            value =
                "Standard deviation of each colour channel, which are 0 to 255. Absent: 13 (cam),"
                    + " 5 (irn-label, segmentation), 3 (large).",
            min = 0.05)
        Optional<Double> bilateralSrgb,
    @Doc(
            value =
                "Weight of the term of places and colours; 0 for none. Absent: 10 (cam,"
                    + " irn-label), 3 (segmentation), 4 (large).",
            min = 0)
        Optional<Double> bilateralCompat) {

  /** A preset as it is. */
  public static DenseCrfConfig of(CrfPreset preset) {
    return new DenseCrfConfig(
        preset,
        Optional.empty(),
        CERTAINTY,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static final double CERTAINTY = 0.7;

  /** The same with another unary. */
  public DenseCrfConfig with(CrfUnary other) {
    return new DenseCrfConfig(
        preset,
        Optional.of(other),
        certainty,
        iterations,
        gaussianSxy,
        gaussianCompat,
        bilateralSxy,
        bilateralSrgb,
        bilateralCompat);
  }

  CrfUnary chosenUnary() {
    return unary.orElse(preset.unary());
  }

  MeanField.Terms terms() {
    MeanField.Terms usual = preset.terms();
    return new MeanField.Terms(
        iterations.orElse(usual.iterations()),
        gaussianSxy.orElse(usual.gaussianSxy()),
        gaussianCompat.orElse(usual.gaussianWeight()),
        bilateralSxy.orElse(usual.bilateralSxy()),
        bilateralSrgb.orElse(usual.bilateralSrgb()),
        bilateralCompat.orElse(usual.bilateralWeight()));
  }
}
