package dev.wsss.backbones.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.CamHead;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.OnnxCam;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.backbones.layer.Chain;
import dev.wsss.backbones.layer.Convolution;
import dev.wsss.backbones.layer.Relu;
import jakarta.inject.Inject;

/**
 * The paper's CAM head, with the projection in the classification path [authors].
 *
 * <p>Backbone features B×C×h×w → 1×1 convolution without bias, ReLU → features F, B×D×h×w → 1×1
 * convolution without bias → maps A, B×K×h×w → pooled → logits B×K.
 */
public final class ProjectedHead implements CamHead {
  private final Layers layers;
  private final MapPooling pooling;

  @Inject
  public ProjectedHead(ProjectedHeadConfig config, ClassNames classes, Kernels kernels) {
    this.pooling = MapPooling.of(config);
    this.layers =
        new Layers(
            Convolution.pointwise(config.channels(), config.initialisation()),
            Convolution.pointwise(classes.count(), config.initialisation()),
            kernels);
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
  public OnnxCam export(OnnxGraph graph, OnnxValue features) {
    OnnxValue projected = layers.features.export(graph, features);
    return new OnnxCam(projected, graph.export("classifier", layers.classifier, projected));
  }

  @Override
  public OnnxValue exportPool(OnnxGraph graph, OnnxValue maps) {
    return pooling.export(graph, maps);
  }

  private static final class Layers extends AbstractBlock {
    private final Chain features;
    private final Convolution classifier;

    Layers(Convolution projection, Convolution classifier, Kernels kernels) {
      this.features =
          new Chain(kernels)
              .then("projection", addChildBlock("projection", projection))
              .then("relu", new Relu());
      this.classifier = addChildBlock("classifier", classifier);
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      NDArray projected = features.forward(store, inputs, training).singletonOrThrow();
      NDArray maps = classifier.forward(store, new NDList(projected), training).singletonOrThrow();
      return new NDList(projected, maps);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
      features.initialize(manager, dataType, inputs);
      classifier.initialize(manager, dataType, features.getOutputShapes(inputs));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      Shape[] projected = features.getOutputShapes(inputs);
      return new Shape[] {projected[0], classifier.getOutputShapes(projected)[0]};
    }
  }
}
