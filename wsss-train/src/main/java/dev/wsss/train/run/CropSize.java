package dev.wsss.train.run;

import dev.wsss.api.config.ConfigException;
import dev.wsss.train.wiring.WiredRun;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Checks that crops leave the network something to look at. */
final class CropSize {

  private CropSize() {}

  /**
   * Checks the crop at the smallest scale of the run: it has to fill one cell of the features.
   *
   * @throws ConfigException naming the smallest crop that does
   */
  static void require(int crop, WiredRun wired) {
    double scale =
        DoubleStream.concat(
                DoubleStream.of(1),
                wired.slots().stream()
                    .map(slot -> slot.module().needs())
                    .flatMap(
                        needs ->
                            Stream.concat(
                                needs.studentScales().stream(), needs.teacherScales().stream()))
                    .mapToDouble(Double::doubleValue))
            .min()
            .orElseThrow();
    int least = wired.student().shortestSide();
    if ((int) (crop * scale) < least) {
      throw new ConfigException(
          List.of(
              "augmentation.crop: is %d, at the run's smallest scale, %s, %d; the network needs %d pixels, so at least %d"
                  .formatted(
                      crop, scale, (int) (crop * scale), least, (int) Math.ceil(least / scale))));
    }
  }
}
