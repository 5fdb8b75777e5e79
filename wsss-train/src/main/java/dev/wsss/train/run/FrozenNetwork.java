package dev.wsss.train.run;

import dev.wsss.api.data.RgbImage;
import dev.wsss.api.inference.CamModel;
import dev.wsss.api.inference.PixelBatch;
import dev.wsss.api.inference.RawMaps;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.onnx.OnnxException;
import dev.wsss.eval.cam.PixelPlanes;
import dev.wsss.eval.onnx.ModelFileException;
import dev.wsss.eval.onnx.OnnxSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network as it stands now, in ONNX Runtime, whose convolutions take half the tensor library's
 * time or less on a CPU (docs/performance.md). Taken only where it says the same as the network.
 *
 * @param inEngine the same network by the tensor library, taken where ONNX Runtime cannot have it
 * @param origin where the network comes from, which errors name
 */
record FrozenNetwork(CamNetwork network, CamModel inEngine, int classes, Path origin) {
  private static final Logger LOG = LoggerFactory.getLogger(FrozenNetwork.class);

  /** A side of the picture that both are shown. */
  private static final int SIDE = 64;

  /** Largest difference, as a share of the largest value; rounding makes 1e-6 to 1e-4. */
  private static final double TOLERANCE = 1e-2;

  /** Opens it; to be closed. */
  CamModel open() {
    OnnxSession session;
    try {
      session = OnnxSession.inMemory(ModelExport.maps(network, classes), origin);
    } catch (OnnxException | ModelFileException e) {
      return inEngineSince(String.valueOf(e.getMessage()));
    }
    if (!saysTheSame(session)) {
      session.close();
      return inEngineSince("the nodes that the network writes compute something else");
    }
    return session;
  }

  private CamModel inEngineSince(String why) {
    LOG.warn("maps come from the tensor library, which takes longer than ONNX Runtime: {}", why);
    return inEngine;
  }

  private boolean saysTheSame(OnnxSession session) {
    int side = Math.max(SIDE, network.shortestSide());
    byte[] noise = new byte[3 * side * side];
    new Random(1).nextBytes(noise);
    PixelBatch pixels =
        new PixelPlanes().of(List.of(new RgbImage(side, side, noise)), true, side, side);
    RawMaps expected = inEngine.run(pixels, false);
    RawMaps found = session.run(pixels, false);
    return near(expected.maps(), found.maps()) && near(expected.logits(), found.logits());
  }

  private static boolean near(float[] expected, float[] found) {
    if (expected.length != found.length) {
      return false;
    }
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(expected[i] - found[i]));
    }
    return difference <= TOLERANCE * largest;
  }
}
