package dev.wsss.api.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.NetworkView;
import dev.wsss.api.listener.RunView;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.ScoreMap;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.network.InputSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A run to be looked at: two splits of two black pictures, networks whose maps are the pictures'
 * channels, and predictions of ½ everywhere.
 */
public final class FakeRun implements RunView, AutoCloseable {
  private static final int SIDE = 8;

  private final Path folder;
  private final NDManager manager = NDManager.newBaseManager();
  private final CamNetwork student = FakeNetwork.of(manager, "a", "mean");
  private final CamNetwork teacher = FakeNetwork.of(manager, "a", "mean");

  /**
   * @param folder of the run; it exists
   */
  public FakeRun(Path folder) {
    this.folder = folder;
    teacher.freeze();
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public SegmentationDataset data() {
    return new BlackPictures();
  }

  @Override
  public NetworkView student() {
    return new View(student);
  }

  @Override
  public NetworkView teacher() {
    return new View(teacher);
  }

  @Override
  public Prediction predict(RgbImage image, Example example) {
    int pixels = image.width() * image.height();
    byte[] winner = new byte[pixels];
    Arrays.fill(winner, (byte) example.labels().nextSetBit(0));
    float[] half = new float[pixels];
    Arrays.fill(half, 0.5f);
    ScoreMap map = new ScoreMap(image.width(), image.height(), winner, half);
    return new Prediction(example, new float[] {0.5f, 0.5f}, map, Optional.empty());
  }

  /** All values of both networks by name. */
  Map<String, List<Float>> values() {
    Map<String, List<Float>> values = new TreeMap<>();
    student.parameters().forEach((n, p) -> values.put("student." + n, floats(p)));
    teacher.parameters().forEach((n, p) -> values.put("teacher." + n, floats(p)));
    return values;
  }

  boolean gradientsAreOn() {
    return student.parameters().values().stream().anyMatch(Parameter::requiresGradient);
  }

  int arrays() {
    return manager.getManagedArrays().size();
  }

  @Override
  public void close() {
    manager.close();
  }

  private static List<Float> floats(Parameter parameter) {
    return FakeLearning.floats(parameter.getArray());
  }

  private record View(CamNetwork network) implements NetworkView {

    @Override
    public Set<String> parameters() {
      return network.parameters().keySet();
    }

    @Override
    public float[] values(String parameter) {
      return network.parameters().get(parameter).getArray().toFloatArray();
    }

    @Override
    public InputSpec input() {
      return network.input();
    }

    @Override
    public CamOutput evaluate(NDArray images) {
      return network.withoutGradients(() -> network.evaluate(images));
    }

    @Override
    public NDArray logits(NDArray maps) {
      return network.withoutGradients(() -> network.logits(maps));
    }
  }

  private static final class BlackPictures implements SegmentationDataset {

    @Override
    public ClassNames classes() {
      return FakeBatch.classes(2);
    }

    @Override
    public List<String> splits() {
      return List.of("train", "val");
    }

    @Override
    public List<Example> examples(String split) {
      if (!splits().contains(split)) {
        throw new DataException("no split '" + split + "'; there are train, val");
      }
      return List.of(example(split + "-0", 0), example(split + "-1", 1));
    }

    private static Example example(String id, int label) {
      BitSet labels = new BitSet();
      labels.set(label);
      return new Example(id, labels);
    }

    @Override
    public RgbImage image(Example example) {
      return new RgbImage(SIDE, SIDE, new byte[3 * SIDE * SIDE]);
    }

    @Override
    public Optional<IndexMask> mask(Example example) {
      return Optional.empty();
    }
  }
}
