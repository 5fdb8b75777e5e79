package dev.wsss.backbones.head;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import dev.wsss.api.network.CamHead;
import dev.wsss.api.network.Initialisation;
import dev.wsss.api.network.OnnxCam;
import dev.wsss.api.network.WeightsException;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.api.tensor.Constants;
import dev.wsss.api.tensor.FusedUpdates;
import dev.wsss.api.weights.WeightsFile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Maps from features of texts, as CLIP tells classes apart (Radford et al. 2021): {@code A_k =
 * s·(cos(f, t_k) − mean_j cos(f, t_j))} for the backbone's features f of a cell, B×D×h×w, and the
 * text t_k of each class. Without the mean all classes would be about as near, since texts are more
 * like each other than like any picture [choice]. The features of the head are the backbone's own.
 *
 * <p>Parameter {@code classifier.weight}, K×D, starts as {@code t̂_k − mean_j t̂_j} and learns from
 * there, as Wortsman et al. 2022 start from texts.
 */
public final class TextHead implements CamHead {
  /** Keeps a cell without features from dividing by zero. */
  private static final float TINY_SQUARE = 1e-12f;

  private final TextHeadConfig config;
  private final ClassNames classes;
  private final MapPooling pooling;
  private final Layers layers;

  @Inject
  public TextHead(TextHeadConfig config, ClassNames classes) {
    if (classes.count() < 2) {
      throw new IllegalArgumentException(
          "one class alone has no other text to be compared with; take the head linear");
    }
    this.config = config;
    this.classes = classes;
    this.pooling = MapPooling.of(config);
    this.layers = new Layers(classes.count(), (float) config.scale());
  }

  @Override
  public Block block() {
    return layers;
  }

  @Override
  public NDArray pool(NDArray maps) {
    return pooling.logits(maps);
  }

  @Override
  public void pretrain(Map<String, Parameter> parameters) {
    NDArray weight = Objects.requireNonNull(parameters.get("classifier.weight")).getArray();
    try (NDManager scratch = weight.getManager().newSubManager()) {
      NDArray texts = texts(scratch, weight.getShape());
      NDArray unit = texts.div(texts.square().sum(new int[] {1}, true).add(TINY_SQUARE).sqrt());
      NDArray centred = unit.sub(unit.mean(new int[] {0}, true));
      FusedUpdates.copy(new NDList(weight), new NDList(centred));
    }
  }

  private NDArray texts(NDManager manager, Shape wanted) {
    try {
      return read(manager, wanted);
    } catch (WeightsException e) { // the weights of a network are the backbone's
      throw new DataException("network.head.features: " + e.getMessage(), e);
    }
  }

  private NDArray read(NDManager manager, Shape wanted) {
    WeightsFile file = WeightsFile.open(config.features());
    if (file.shapes().size() != 1) {
      throw new DataException(
          "network.head.features: %s holds %d tensors, %s; one is wanted"
              .formatted(file.path(), file.shapes().size(), file.shapes().keySet()));
    }
    String name = file.shapes().keySet().iterator().next();
    Shape shape = Objects.requireNonNull(file.shapes().get(name));
    if (!shape.equals(wanted)) {
      throw new DataException(
          "network.head.features: '%s' of %s has the shape %s; wanted is %s, a row for each of the classes %s, of as many numbers as the backbone's features have channels"
              .formatted(name, file.path(), shape, wanted, classes.foreground()));
    }
    return file.read(manager, name);
  }

  @Override
  public OnnxCam export(OnnxGraph graph, OnnxValue features) {
    return new OnnxCam(features, layers.exportMaps(graph, features));
  }

  @Override
  public OnnxValue exportPool(OnnxGraph graph, OnnxValue maps) {
    return pooling.export(graph, maps);
  }

  private static final class Layers extends AbstractBlock {
    private final int classes;
    private final float scale;
    private final Classifier classifier;

    Layers(int classes, float scale) {
      this.classes = classes;
      this.scale = scale;
      this.classifier = addChildBlock("classifier", new Classifier(classes));
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      NDArray features = inputs.singletonOrThrow();
      Shape grid = features.getShape();
      try (NDArray squares = features.mul(features);
          NDArray sum = squares.sum(new int[] {1}, true);
          NDArray tiny = features.getManager().full(new Shape(), TINY_SQUARE);
          NDArray square = sum.add(tiny);
          NDArray norm = square.sqrt();
          NDArray unit = features.div(norm);
          NDArray scaled = Constants.mul(unit, scale);
          NDArray cells = scaled.reshape(grid.get(0), grid.get(1), -1);
          NDArray maps =
              classifier.forward(store, new NDList(cells), training).singletonOrThrow()) {
        return new NDList(features, maps.reshape(grid.get(0), classes, grid.get(2), grid.get(3)));
      }
    }

    OnnxValue exportMaps(OnnxGraph graph, OnnxValue features) {
      OnnxValue sum =
          graph.node("ReduceSumSquare", List.of(features), OnnxAttribute.list("axes", 1));
      OnnxValue norm =
          graph.node("Sqrt", List.of(graph.node("Add", List.of(sum, graph.number(TINY_SQUARE)))));
      OnnxValue unit = graph.node("Div", List.of(features, norm));
      OnnxValue scaled = graph.node("Mul", List.of(unit, graph.number(scale)));
      OnnxGraph own = graph.in("classifier");
      OnnxValue kernel =
          own.node("Unsqueeze", List.of(own.parameter(classifier.weight), own.integers(2, 3)));
      return own.node("Conv", List.of(scaled, kernel));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
      classifier.initialize(manager, dataType, new Shape(1, inputs[0].get(1), 1));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      Shape in = inputs[0];
      return new Shape[] {in, new Shape(in.get(0), classes, in.get(2), in.get(3))};
    }
  }

  /** {@code W·x}, B×D×N to B×K×N, without weight decay, which would pull away from the texts. */
  private static final class Classifier extends AbstractBlock {
    private final int classes;
    private final Parameter weight;

    Classifier(int classes) {
      this.classes = classes;
      this.weight =
          addParameter(
              Parameter.builder()
                  .setName("weight")
                  .setType(Parameter.Type.OTHER)
                  .optInitializer(Initialisation.TRUNCATED_NORMAL)
                  .build());
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      NDArray cells = inputs.singletonOrThrow();
      Device device = cells.getDevice();
      return new NDList(store.getValue(weight, device, training).matMul(cells));
    }

    @Override
    protected void prepare(Shape[] inputs) {
      weight.setShape(new Shape(classes, inputs[0].get(1)));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      Shape in = inputs[0];
      return new Shape[] {new Shape(in.get(0), classes, in.get(2))};
    }
  }
}
