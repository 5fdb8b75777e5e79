package dev.wsss.backbones.head;

/** How a class's map becomes its logit. */
public enum Pooling {
  /** Global average pooling: the mean (Zhou et al. 2016); the larger the object, the surer. */
  GAP,
  /** Global maximum pooling: the largest cell (Oquab et al. 2015); learns from it alone. */
  GMP,
  /**
   * Log-sum-exp {@code ln(mean(exp(r·A)))/r} with sharpness r (Pinheiro and Collobert 2015): from
   * the mean, as r nears 0, to the maximum.
   */
  LSE,
  /** The mean of the largest cells, a share of the grid (Durand et al. 2017, WILDCAT). */
  TOP_K
}
