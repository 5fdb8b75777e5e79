package dev.wsss.backbones.head.segmentation;

import dev.wsss.backbones.layer.BatchNorm;
import dev.wsss.backbones.layer.BatchNormMode;
import dev.wsss.backbones.layer.Chain;
import dev.wsss.backbones.layer.Convolution;
import dev.wsss.backbones.layer.Relu;

/** What stands between a head's convolution and its ReLU. */
public enum Normalisation {
  /** A bias. */
  NONE,
  /**
   * Batch norm by each training pass's own statistics: the images of a batch are not independent.
   */
  BATCH;

  /** Appends a convolution called {@code name}, this and a ReLU. */
  Chain append(Chain chain, String name, Convolution convolution) {
    switch (this) {
      case NONE -> chain.then(name, convolution.biased());
      case BATCH ->
          chain.then(name, convolution).then(name + "_bn", new BatchNorm(BatchNormMode.TRAINED));
    }
    return chain.then(name + "_relu", new Relu());
  }
}
