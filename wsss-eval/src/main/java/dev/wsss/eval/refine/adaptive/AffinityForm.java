package dev.wsss.eval.refine.adaptive;

/** How differences of colour become weights of neighbours. */
public enum AffinityForm {
  /**
   * Araslanov and Roth 2020: differences as they are; deviations are those of the 3×3 pixels of
   * every dilation, the centre each time among them.
   */
  PAMR(0.1, 0),
  /** Ru et al. 2022: differences squared, deviations of the neighbours alone, and near places. */
  PAR(0.3, 0.01);

  private final double deviationFactor;
  private final double positionWeight;

  AffinityForm(double deviationFactor, double positionWeight) {
    this.deviationFactor = deviationFactor;
    this.positionWeight = positionWeight;
  }

  double deviationFactor() {
    return deviationFactor;
  }

  double positionWeight() {
    return positionWeight;
  }
}
