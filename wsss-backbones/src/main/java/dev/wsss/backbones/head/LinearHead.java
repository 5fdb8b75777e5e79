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
import dev.wsss.api.network.OnnxCam;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.backbones.layer.Convolution;
import jakarta.inject.Inject;

/**
 * The classical CAM head (Zhou et al. 2016): a 1×1 convolution without bias C→K on the backbone's
 * own features, so D = C; pooled over the grid, by global average in the paper, they give the
 * logits.
 */
public final class LinearHead implements CamHead {
  private final Layers layers;
  private final MapPooling pooling;

  @Inject
  public LinearHead(LinearHeadConfig config, ClassNames classes) {
    this.pooling = MapPooling.of(config);
    this.layers = new Layers(Convolution.pointwise(classes.count(), config.initialisation()));
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
    return new OnnxCam(features, graph.export("classifier", layers.classifier, features));
  }

  @Override
  public OnnxValue exportPool(OnnxGraph graph, OnnxValue maps) {
    return pooling.export(graph, maps);
  }

  private static final class Layers extends AbstractBlock {
    private final Convolution classifier;

    Layers(Convolution classifier) {
      this.classifier = addChildBlock("classifier", classifier);
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      NDArray maps = classifier.forward(store, inputs, training).singletonOrThrow();
      return new NDList(inputs.singletonOrThrow(), maps);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
      classifier.initialize(manager, dataType, inputs);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return new Shape[] {inputs[0], classifier.getOutputShapes(inputs)[0]};
    }
  }
}
