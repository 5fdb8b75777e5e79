package dev.wsss.eval.refine;

/** What a dense CRF believes before it looks at the picture. */
public enum CrfUnary {
  /** The scores, as if they were probabilities. */
  SCORES,
  /** The label with the largest score, with a certainty; the rest is shared by the others. */
  LABELS
}
