package dev.wsss.eval.cam;

import dev.wsss.api.inference.CamModel;
import dev.wsss.api.inference.PixelBatch;
import dev.wsss.api.inference.RawMaps;
import dev.wsss.api.network.OnnxCam;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Another model's maps, spread over cells with like features: SEAM's pixel correlation (Wang et al.
 * 2020, arXiv 2004.04581, section 3.3) as a refiner of maps that any network has.
 *
 * <p>For features F and a map A of one picture, with unit vectors {@code f̂ = relu(F) / |relu(F)|},
 * {@code y_i = Σ_j c_ij·relu(A_j) / (Σ_j c_ij + 1e-5)}, {@code c_ij = f̂_i·f̂_j}, and the map is
 * {@code y − min y}: features of a ReLU are all somewhat alike, so that a mean over them is far
 * from 0 everywhere. No cosine is negative, so both sums are {@code (Σ_j A_j f̂_j)·f̂_i}: 2·D·h·w
 * multiplications a map, and the h·w×h·w matrix is never made. A cell without features is like no
 * other, and its y is 0. Logits are the model's own. {@link #export} writes the same as ONNX nodes.
 *
 * <p>Departures: the authors correlate colours and two early stages too, through 1×1 convolutions
 * that SEAM trains for it [authors]; here the features are those that the maps are made of, so that
 * nothing has to be trained [choice]. They spread maps in which only a pixel's largest class is
 * left, beside one of background; here each class's map is spread by itself, so that it does not
 * depend on which other classes are asked for [choice]. They subtract the minimum of the sum over
 * all scales, here that of each pass is subtracted [choice].
 */
public final class PixelCorrelationModel implements CamModel {
  private static final float EPSILON = 1e-5f;

  private final CamModel model;

  /**
   * @param model gives features beside its maps; closed with this
   */
  public PixelCorrelationModel(CamModel model) {
    this.model = model;
  }

  @Override
  public int shortestSide() {
    return model.shortestSide();
  }

  @Override
  public boolean mapsAreAskedFor() {
    return true;
  }

  @Override
  public RawMaps run(PixelBatch pixels, boolean features) {
    BitSet all = new BitSet();
    RawMaps raw = model.run(pixels, true);
    all.set(0, raw.classes());
    return spread(raw, all, features);
  }

  @Override
  public RawMaps run(PixelBatch pixels, boolean features, BitSet classes) {
    return spread(model.run(pixels, features || !classes.isEmpty(), classes), classes, features);
  }

  /**
   * Writes the same as ONNX nodes: with f̂ as a matrix D×h·w, {@code y = (relu(A)·f̂ᵀ)·f̂ / (n·f̂ +
   * 1e-5)}, {@code n = Σ_j f̂_j}.
   *
   * @param cam what the other model gives in a pass
   * @return spread maps N×K×h×w of all classes
   */
  static OnnxValue export(OnnxGraph graph, OnnxCam cam) {
    OnnxValue features = lines(graph, graph.node("Relu", List.of(cam.features()))); // N×D×cells
    OnnxValue length = graph.node("ReduceL2", List.of(features), OnnxAttribute.list("axes", 1));
    // So a cell without features stays 0.
    OnnxValue divisor = graph.node("Max", List.of(length, graph.number(Float.MIN_NORMAL)));
    OnnxValue unit = graph.node("Div", List.of(features, divisor));
    OnnxValue transposed =
        graph.node("Transpose", List.of(unit), OnnxAttribute.list("perm", 0, 2, 1));
    OnnxValue maps = lines(graph, graph.node("Relu", List.of(cam.maps()))); // N×K×cells
    OnnxValue sums = graph.node("MatMul", List.of(maps, transposed)); // N×K×D
    OnnxValue sum = graph.node("MatMul", List.of(sums, unit)); // N×K×cells
    OnnxValue all = graph.node("ReduceSum", List.of(unit, graph.integers(2))); // n, N×D×1
    OnnxValue products = graph.node("Mul", List.of(unit, all));
    OnnxValue alike = graph.node("ReduceSum", List.of(products, graph.integers(1))); // N×1×cells
    OnnxValue raised = graph.node("Add", List.of(alike, graph.number(EPSILON)));
    OnnxValue mean = graph.node("Div", List.of(sum, raised));
    OnnxValue least = graph.node("ReduceMin", List.of(mean), OnnxAttribute.list("axes", 2));
    OnnxValue spread = graph.node("Sub", List.of(mean, least));
    return graph.node("Reshape", List.of(spread, graph.node("Shape", List.of(cam.maps()))));
  }

  /** N×C×h×w as N×C×cells. */
  private static OnnxValue lines(OnnxGraph graph, OnnxValue grid) {
    return graph.node("Reshape", List.of(grid, graph.integers(0, 0, -1)));
  }

  private static RawMaps spread(RawMaps raw, BitSet classes, boolean features) {
    float[] maps = new float[raw.maps().length];
    if (!classes.isEmpty()) {
      float[] values = raw.features().orElseThrow();
      for (int i = 0; i < raw.count(); i++) {
        UnitFeatures picture = UnitFeatures.of(values, i, raw.height() * raw.width(), raw.count());
        for (int k = classes.nextSetBit(0); k >= 0; k = classes.nextSetBit(k + 1)) {
          picture.spread(raw.maps(), maps, (i * raw.classes() + k) * picture.cells);
        }
      }
    }
    return new RawMaps(
        raw.count(),
        raw.classes(),
        raw.height(),
        raw.width(),
        maps,
        raw.logits(),
        features ? raw.features() : Optional.empty());
  }

  @Override
  public void close() {
    model.close();
  }

  /** The features f̂ of one picture, and of each cell {@code Σ_j c_ij + 1e-5}. */
  private static final class UnitFeatures {
    private final int cells;
    private final float[] unit;
    private final float[] alike;

    private UnitFeatures(int cells, float[] unit) {
      this.cells = cells;
      this.unit = unit;
      this.alike = new float[cells];
      float[] ones = new float[cells];
      Arrays.fill(ones, 1);
      addSpread(ones, 0, alike, 0);
      for (int i = 0; i < cells; i++) {
        alike[i] += EPSILON;
      }
    }

    /** Of one of several pictures, whose features are count×D×cells. */
    static UnitFeatures of(float[] features, int picture, int cells, int count) {
      int length = features.length / count;
      float[] unit = new float[length];
      float[] squares = new float[cells];
      for (int at = 0; at < length; at += cells) {
        for (int i = 0; i < cells; i++) {
          float value = Math.max(0, features[picture * length + at + i]);
          unit[at + i] = value;
          squares[i] += value * value;
        }
      }
      for (int i = 0; i < cells; i++) {
        squares[i] = squares[i] == 0 ? 0 : (float) (1 / Math.sqrt(squares[i]));
      }
      for (int at = 0; at < length; at += cells) {
        for (int i = 0; i < cells; i++) {
          unit[at + i] *= squares[i];
        }
      }
      return new UnitFeatures(cells, unit);
    }

    /** Spreads the map of {@code cells} values that begins at {@code at}. */
    void spread(float[] from, float[] to, int at) {
      addSpread(from, at, to, at);
      float least = Float.POSITIVE_INFINITY;
      for (int i = 0; i < cells; i++) {
        to[at + i] /= alike[i];
        least = Math.min(least, to[at + i]);
      }
      for (int i = 0; i < cells; i++) {
        to[at + i] -= least;
      }
    }

    /** Adds {@code Σ_j c_ij·relu(A_j)}, channel by channel. */
    private void addSpread(float[] from, int fromAt, float[] to, int toAt) {
      for (int channel = 0; channel < unit.length; channel += cells) {
        double sum = 0;
        for (int j = 0; j < cells; j++) {
          sum += Math.max(0, from[fromAt + j]) * unit[channel + j];
        }
        float weight = (float) sum;
        for (int i = 0; i < cells; i++) {
          to[toAt + i] += weight * unit[channel + i];
        }
      }
    }
  }
}
