package dev.wsss.train.wiring;

/** What a backbone starts from. */
public enum InitialWeights {
  /** The weights that it is configured with, if there are any. */
  PRETRAINED,
  /** Random ones, which a checkpoint is to replace: no file of weights is read. */
  RANDOM
}
