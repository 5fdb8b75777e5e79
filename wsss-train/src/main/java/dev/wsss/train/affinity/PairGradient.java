package dev.wsss.train.affinity;

import dev.wsss.eval.refine.crf.Team;

/**
 * The loss of pairs and its gradient by the features, in ordinary memory: see {@link AffinityLoss}
 * for what is computed.
 *
 * <p>Pictures are computed by any thread, each in one order, so that the result does not depend on
 * their number.
 *
 * @param loss of all pictures
 * @param values B×F×h·w, of the features' places
 */
@SuppressWarnings("ArrayRecordComponent") // values by reference: never compared
record PairGradient(double loss, float[] values) {

  /**
   * Computes both.
   *
   * @param features B×F×h·w
   * @param lanes threads at most, the calling one included
   */
  static PairGradient of(
      float[] features, int pictures, int cells, PairTargets targets, int lanes) {
    float[] gradient = new float[features.length];
    double[] losses = new double[pictures];
    int channels = features.length / (pictures * cells);
    try (Team team = Team.open(Math.min(lanes, pictures))) {
      PicturePairs[] own = new PicturePairs[team.lanes()];
      for (int lane = 0; lane < own.length; lane++) {
        own[lane] = new PicturePairs(channels, cells, targets);
      }
      team.run(
          (picture, lane) -> losses[picture] = own[lane].learn(features, picture, gradient),
          pictures);
    }
    double loss = 0;
    for (double each : losses) {
      loss += each;
    }
    return new PairGradient(loss, gradient);
  }
}
