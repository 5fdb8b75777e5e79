package dev.wsss.rcm;

/**
 * How far below and above τ a pixel is left without a label: it is neither clearly an object's nor
 * clearly background's.
 */
record OpenBand(double below, double above) {

  boolean isEmpty() {
    return below == 0 && above == 0;
  }
}
