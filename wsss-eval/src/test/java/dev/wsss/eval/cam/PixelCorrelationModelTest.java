package dev.wsss.eval.cam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.wsss.api.inference.CamModel;
import dev.wsss.api.inference.PixelBatch;
import dev.wsss.api.inference.RawMaps;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.OnnxCam;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxType;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.eval.export.Exported;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PixelCorrelationModelTest {
  private static final PixelBatch ANY =
      new PixelBatch(1, 1, 1, ByteBuffer.allocateDirect(12).order(ByteOrder.nativeOrder()));
  private static final float EPSILON = 1e-5f;

  /** Cells 0 and 1 are alike, 2 stands at 60° to them, 3 has no features but negative ones. */
  @Test
  void aCellTakesTheMeanOfWhatIsLikeIt() {
    float[] features = {2, 5, 1, -1, 0, 0, (float) Math.sqrt(3), -2};
    float[] map = {1, -7, 4, 9};
    // Of the last, which is like no other, it is 0: the least, which is subtracted.
    float[] spread = spread(new Fixed(1, 1, 4, map, features)).maps();
    float first = (float) ((1 + 0 + 0.5 * 4) / 2.5);
    float third = (float) ((0.5 * 1 + 0 + 4) / 2);
    assertThat(spread).containsExactly(new float[] {first, first, third, 0}, within(1e-4f));
  }

  @Test
  void isTheSumOverAllPairsOfCells() {
    int channels = 6;
    int cells = 12;
    int classes = 3;
    Random random = new Random(7);
    float[] features = random(random, 2 * channels * cells);
    float[] maps = random(random, 2 * classes * cells);
    float[] spread = spread(new Fixed(2, classes, cells, maps, features)).maps();
    for (int i = 0; i < 2; i++) {
      for (int k = 0; k < classes; k++) {
        double[] means = new double[cells];
        for (int p = 0; p < cells; p++) {
          double sum = 0;
          double alike = EPSILON;
          for (int q = 0; q < cells; q++) {
            double c = cosine(features, i * channels * cells, channels, cells, p, q);
            sum += c * Math.max(0, maps[(i * classes + k) * cells + q]);
            alike += c;
          }
          means[p] = sum / alike;
        }
        double least = Arrays.stream(means).min().orElseThrow();
        for (int p = 0; p < cells; p++) {
          assertThat((double) spread[(i * classes + k) * cells + p])
              .isCloseTo(means[p] - least, within(1e-5));
        }
      }
    }
  }

  @Test
  void onlyClassesThatAreAskedForAreSpreadAndNoFeaturesAreAskedForWithoutAny() {
    Random random = new Random(8);
    Fixed inner = new Fixed(1, 3, 12, random(random, 36), random(random, 48));
    CamModel model = new PixelCorrelationModel(inner);
    BitSet second = new BitSet();
    second.set(1);
    float[] all = model.run(ANY, false).maps();
    float[] one = model.run(ANY, false, second).maps();
    for (int i = 0; i < 36; i++) {
      assertThat(one[i]).isEqualTo(i / 12 == 1 ? all[i] : 0);
    }
    RawMaps none = model.run(ANY, false, new BitSet());
    assertThat(none.maps()).containsOnly(0);
    assertThat(inner.askedForFeatures).containsExactly(true, true, false);
    assertThat(none.features()).isEmpty();
    assertThat(none.logits()).isEqualTo(inner.run(ANY, false).logits());
  }

  /** Classes of one picture must not change another's map in the same pass. */
  @Test
  void picturesOfOnePassAreThoseOfTwo() {
    try (NDManager manager = NDManager.newBaseManager();
        CamNetwork network = FakeNetworks.convolutional(manager)) {
      CamConfig cams = new CamConfig(List.of(0.5, 1.0), true, 1);
      CamInference inference =
          new CamInference(new PixelCorrelationModel(new TrainedModel(network, manager)), cams);
      List<LabelledPicture> pictures =
          List.of(TestPictures.random(3, 26, 18, 0, 2), TestPictures.random(4, 26, 18, 1));
      List<Prediction> both = inference.predict(pictures);
      for (int i = 0; i < 2; i++) {
        Prediction alone = inference.predict(pictures.get(i));
        assertThat(both.get(i).map().score()).containsExactly(alone.map().score(), within(1e-4f));
      }
    }
  }

  @Test
  void theNodesGiveTheSameMaps() throws Exception {
    Random random = new Random(9);
    assertNodes(new Fixed(2, 3, 35, random(random, 2 * 3 * 35), random(random, 2 * 8 * 35)));
  }

  /** Where no mean is to be had, nodes must not divide 0 by 0 either. */
  @Test
  void theNodesGiveTheSameMapsOfLittle() throws Exception {
    Random random = new Random(10);
    float[] none = new float[8 * 12];
    assertNodes(new Fixed(1, 3, 12, random(random, 36), none));
    float[] someCells = random(random, 8 * 12);
    for (int at = 0; at < someCells.length; at += 12) {
      Arrays.fill(someCells, at, at + 6, -1);
    }
    assertNodes(new Fixed(1, 3, 12, random(random, 36), someCells));
    float[] tiny = random(random, 8 * 12);
    for (int i = 0; i < tiny.length; i++) {
      tiny[i] *= 1e-18f;
    }
    assertNodes(new Fixed(1, 3, 12, random(random, 36), tiny));
    float[] firstClassNowhere = random(random, 36);
    Arrays.fill(firstClassNowhere, 0, 12, -2);
    assertNodes(new Fixed(1, 3, 12, firstClassNowhere, random(random, 8 * 12)));
    assertNodes(new Fixed(2, 3, 1, random(random, 6), random(random, 16)));
  }

  /** Within a ten-thousandth of the largest. */
  private static void assertNodes(Fixed model) throws IOException, OrtException {
    OnnxGraph graph = OnnxGraph.empty();
    OnnxValue features = graph.input("features", OnnxType.FLOAT, "N", "D", "h", "w");
    OnnxValue maps = graph.input("maps", OnnxType.FLOAT, "N", "K", "h", "w");
    OnnxValue nodes = PixelCorrelationModel.export(graph, new OnnxCam(features, maps));
    graph.output("spread", nodes, OnnxType.FLOAT, "N", "K", "h", "w");
    int channels = model.features.length / model.count / model.cells;
    float[] expected = spread(model).maps();
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, value);
    }
    try (Exported exported = new Exported(graph);
        OnnxTensor f = exported.floats(model.features, model.count, channels, 1, model.cells);
        OnnxTensor a = exported.floats(model.maps, model.count, model.classes, 1, model.cells);
        OrtSession.Result result = exported.run(Map.of("features", f, "maps", a))) {
      assertThat(Exported.output(result, "spread").getFloatBuffer().array())
          .containsExactly(expected, within(1e-4f * largest));
    }
  }

  private static RawMaps spread(Fixed model) {
    return new PixelCorrelationModel(model).run(ANY, true);
  }

  private static double cosine(float[] features, int from, int channels, int cells, int p, int q) {
    double product = 0;
    double first = 0;
    double second = 0;
    for (int d = 0; d < channels; d++) {
      double a = Math.max(0, features[from + d * cells + p]);
      double b = Math.max(0, features[from + d * cells + q]);
      product += a * b;
      first += a * a;
      second += b * b;
    }
    return product == 0 ? 0 : product / Math.sqrt(first * second);
  }

  private static float[] random(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Says one thing, whatever it is shown. */
  private static final class Fixed implements CamModel {
    private final int count;
    private final int classes;
    private final int cells;
    private final float[] maps;
    private final float[] features;
    private final List<Boolean> askedForFeatures = new ArrayList<>();

    Fixed(int count, int classes, int cells, float[] maps, float[] features) {
      this.count = count;
      this.classes = classes;
      this.cells = cells;
      this.maps = maps;
      this.features = features;
    }

    @Override
    public int shortestSide() {
      return 1;
    }

    @Override
    public RawMaps run(PixelBatch pixels, boolean wanted) {
      askedForFeatures.add(wanted);
      return new RawMaps(
          count,
          classes,
          1,
          cells,
          maps,
          new float[count * classes],
          wanted ? Optional.of(features) : Optional.empty());
    }

    @Override
    public void close() {}
  }
}
