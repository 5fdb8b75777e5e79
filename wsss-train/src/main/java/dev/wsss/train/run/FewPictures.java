package dev.wsss.train.run;

import dev.wsss.train.config.TrainingPictures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of training pictures so few that results say little. */
final class FewPictures {
  private static final Logger LOG = LoggerFactory.getLogger(FewPictures.class);

  /** With fewer, one picture more or less of a class is felt. */
  private static final int FEW = 50;

  private FewPictures() {}

  static void warn(TrainingPictures pictures) {
    int learned = pictures.learned().size();
    if (learned < FEW) {
      LOG.warn(
          "only {} pictures to learn from: results vary much with which they are and with the seed;"
              + " those in docs/results.md are from 471 photographs",
          learned);
    }
  }
}
