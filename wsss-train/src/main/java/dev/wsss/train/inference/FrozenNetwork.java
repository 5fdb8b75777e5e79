package dev.wsss.train.inference;

import dev.wsss.api.data.RgbImage;
import dev.wsss.api.inference.CamModel;
import dev.wsss.api.inference.PixelBatch;
import dev.wsss.api.inference.PixelScores;
import dev.wsss.api.inference.RawMaps;
import dev.wsss.api.inference.SegmentationModel;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.SegmentationNetwork;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxModel;
import dev.wsss.eval.cam.MapMethod;
import dev.wsss.eval.cam.PixelPlanes;
import dev.wsss.eval.device.ChosenDevice;
import dev.wsss.eval.export.PlainForm;
import dev.wsss.eval.export.SegmentationForm;
import dev.wsss.eval.onnx.ModelKind;
import dev.wsss.eval.onnx.OnnxSession;
import dev.wsss.train.config.EngineConfig;
import dev.wsss.train.provenance.ProgramVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network as it stands now, for many pictures. On a CPU that is ONNX Runtime, whose convolutions
 * take a half to three quarters of the tensor library's time (docs/networks.md), where it says the
 * same as the network. On a GPU, with plain kernels and for a network that writes no nodes it is
 * the tensor library.
 *
 * @param engine as the network was wired
 * @param device of the network
 * @param classes K, the number of foreground classes
 * @param origin where the network comes from, which errors name
 */
public record FrozenNetwork(EngineConfig engine, ChosenDevice device, int classes, Path origin) {
  private static final Logger LOG = LoggerFactory.getLogger(FrozenNetwork.class);

  /** A side of the picture that both are shown. */
  private static final int SIDE = 64;

  /** Largest difference, as a share of the largest value; rounding makes 1e-6 to 1e-4. */
  private static final double TOLERANCE = 1e-2;

  /**
   * Freezes a CAM network.
   *
   * @param inEngine the same network in the tensor library, which may be what is returned
   * @param features whether the model will be asked for them
   * @return to be closed
   */
  public CamModel of(CamNetwork network, CamModel inEngine, boolean features) {
    return session(
            () -> PlainForm.of(network, classes, MapMethod.CAM, features),
            ModelKind.CAM,
            inEngine.shortestSide(),
            (session, pixels) -> {
              RawMaps expected = inEngine.run(pixels, features);
              RawMaps found = session.run(pixels, features);
              return near(expected.maps(), found.maps())
                  && near(expected.logits(), found.logits())
                  && (!features
                      || near(expected.features().orElseThrow(), found.features().orElseThrow()));
            })
        .<CamModel>map(session -> session)
        .orElse(inEngine);
  }

  /**
   * Freezes a segmentation network.
   *
   * @param inEngine the same network in the tensor library, which may be what is returned
   * @return to be closed
   */
  public SegmentationModel of(SegmentationNetwork network, SegmentationModel inEngine) {
    return session(
            () -> SegmentationForm.of(network, classes),
            ModelKind.SEGMENTATION,
            inEngine.shortestSide(),
            (session, pixels) -> {
              PixelScores expected = inEngine.run(pixels);
              PixelScores found = session.segmentation().run(pixels);
              return near(expected.scores(), found.scores());
            })
        .map(OnnxSession::segmentation)
        .orElse(inEngine);
  }

  private Optional<OnnxSession> session(
      Supplier<OnnxGraph> graph,
      ModelKind kind,
      int shortestSide,
      BiPredicate<OnnxSession, PixelBatch> saysTheSame) {
    if (engine.kernels() == Kernels.PLAIN || device.gpu().isPresent()) {
      return Optional.empty();
    }
    @Nullable OnnxSession session = null;
    try {
      session = OnnxSession.inMemory(content(graph.get(), kind, shortestSide), origin);
      if (saysTheSame.test(session, noise(Math.max(SIDE, shortestSide)))) {
        return Optional.of(session);
      }
      warn("the nodes that the network writes compute something else than it does");
    } catch (RuntimeException e) { // a module of somebody's own: its training must not be lost
      warn(String.valueOf(e.getMessage()));
    } catch (LinkageError e) {
      // It unpacks itself into the folder for temporary files, which may be full.
      warn("its library cannot be loaded: " + e.getMessage());
    }
    if (session != null) {
      session.close();
    }
    return Optional.empty();
  }

  private static byte[] content(OnnxGraph graph, ModelKind kind, int shortestSide) {
    Map<String, String> texts =
        Map.of(
            ModelKind.KEY, kind.text(), OnnxSession.SHORTEST_SIDE, Integer.toString(shortestSide));
    OnnxModel model = new OnnxModel(graph, ProgramVersion.text(), texts);
    ByteArrayOutputStream out =
        new ByteArrayOutputStream((int) Math.min(model.size(), OnnxModel.LARGEST));
    try {
      model.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory has no errors of a disk
    }
    return out.toByteArray();
  }

  private static void warn(String why) {
    LOG.warn("inference is by the tensor library, which takes longer than ONNX Runtime: {}", why);
  }

  private static PixelBatch noise(int side) {
    byte[] rgb = new byte[3 * side * side];
    new Random(1).nextBytes(rgb);
    return new PixelPlanes().of(List.of(new RgbImage(side, side, rgb)), true, side, side);
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
