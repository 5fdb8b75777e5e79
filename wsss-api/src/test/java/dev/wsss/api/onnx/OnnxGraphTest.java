package dev.wsss.api.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.wsss.api.network.CamHead;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names, errors and limits; that runtimes understand the nodes is the contracts' business. */
final class OnnxGraphTest {

  @Test
  void aPathNamesNodesAndValuesAndAPassTheNodesAlone() {
    OnnxGraph block = OnnxGraph.empty().in("backbone").in("conv1");
    OnnxValue input = new OnnxValue("x");

    assertThat(block.node("Relu", List.of(input)).name()).isEqualTo("backbone.conv1.Relu");
    assertThat(block.node("Relu", List.of(input)).name()).isEqualTo("backbone.conv1.Relu_2");
    OnnxGraph half = block.pass("scale-0.5");
    assertThat(half.node("Relu", List.of(input)).name()).isEqualTo("scale-0.5/backbone.conv1.Relu");
    assertThat(half.weights("weight", new Shape(1), () -> new float[1]).name())
        .isEqualTo("backbone.conv1.weight");
  }

  @Test
  void weightsThatAreAskedForTwiceAreWrittenOnce() throws Exception {
    OnnxGraph graph = OnnxGraph.empty();
    OnnxValue sum = graph.input("x", OnnxType.FLOAT, "N");
    for (String pass : List.of("one", "two")) {
      OnnxGraph own = graph.pass(pass).in("shift");
      float first = pass.equals("one") ? 10 : Float.NaN;
      OnnxValue shift = own.weights("by", new Shape(1), () -> new float[] {first});
      sum = own.node("Add", List.of(sum, shift));
    }
    graph.output("y", sum, OnnxType.FLOAT, "N");

    assertThat(run(graph, Map.of("origin", "a test"), 1, 2)).containsExactly(21, 22);
  }

  @Test
  void anOutputMayBeAnInputUnchanged() throws Exception {
    OnnxGraph graph = OnnxGraph.empty();
    graph.output("y", graph.input("x", OnnxType.FLOAT, "N"), OnnxType.FLOAT, "N");

    assertThat(run(graph, Map.of("origin", "a test"), 3)).containsExactly(3);
  }

  private static float[] run(OnnxGraph graph, Map<String, String> metadata, float... values)
      throws Exception {
    var out = new ByteArrayOutputStream();
    new OnnxModel(graph, "1.2", metadata).writeTo(out);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(out.toByteArray());
        OnnxTensor input = OnnxTensor.createTensor(environment, values);
        OrtSession.Result result = session.run(Map.of("x", input))) {
      assertThat(session.getMetadata().getCustomMetadata())
          .containsAllEntriesOf(metadata)
          .containsOnlyKeys("origin", OnnxSeal.KEY);
      assertThat(session.getMetadata().getProducerName()).isEqualTo("wsss");
      return ((OnnxTensor) result.get(0)).getFloatBuffer().array();
    }
  }

  @Test
  void twoInputsOfOneNameAreRefused() {
    OnnxGraph graph = OnnxGraph.empty();
    graph.input("x", OnnxType.FLOAT, "N");

    assertThatThrownBy(() -> graph.input("x", OnnxType.FLOAT, "N"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two values of the graph are called 'x'");
  }

  @Test
  void aBlockWithoutNodesIsNamedWithWhatToWrite() {
    Block block = Blocks.identityBlock();

    assertThatThrownBy(
            () ->
                OnnxGraph.empty()
                    .in("backbone")
                    .in("layer1")
                    .export("0", block, new OnnxValue("x")))
        .isInstanceOf(OnnxException.class)
        .hasMessage(
            "block 'backbone.layer1.0' (ai.djl.nn.LambdaBlock) writes no ONNX nodes; let its class"
                + " implement dev.wsss.api.onnx.OnnxBlock, whose method is OnnxValue"
                + " export(OnnxGraph graph, OnnxValue input), or write its nodes in the block or"
                + " the backbone around it, which overrides export");
  }

  @Test
  void aHeadWithoutNodesIsNamedWithWhatToWrite() {
    CamHead head = new NoNodes();
    OnnxGraph graph = OnnxGraph.empty();

    assertThatThrownBy(() -> head.export(graph, new OnnxValue("x")))
        .isInstanceOf(OnnxException.class)
        .hasMessage(
            "head dev.wsss.api.onnx.OnnxGraphTest$NoNodes writes no ONNX nodes; let it override"
                + " OnnxCam export(OnnxGraph graph, OnnxValue features)");
    assertThatThrownBy(() -> head.exportPool(graph, new OnnxValue("x")))
        .isInstanceOf(OnnxException.class)
        .hasMessage(
            "head dev.wsss.api.onnx.OnnxGraphTest$NoNodes writes no ONNX nodes for its pooling;"
                + " let it override OnnxValue exportPool(OnnxGraph graph, OnnxValue maps)");
  }

  /** Without making two gigabytes first. */
  @Test
  void aModelThatNoReaderTakesIsRefused() {
    OnnxGraph graph = OnnxGraph.empty();
    Shape shape = new Shape(1 << 10, 1 << 19);
    graph.weights("large", shape, () -> new float[0]);
    var out = new ByteArrayOutputStream();

    assertThatThrownBy(() -> new OnnxModel(graph, "1.2", Map.of()).writeTo(out))
        .isInstanceOf(OnnxException.class)
        .hasMessage(
            "the model would have 2,147,483,788 bytes, and an ONNX file can have 2,147,483,647 at"
                + " most; a backbone with fewer channels gives a smaller one");
    assertThat(out.size()).isZero();
  }

  private static final class NoNodes implements CamHead {

    @Override
    public Block block() {
      return Blocks.identityBlock();
    }

    @Override
    public NDArray pool(NDArray maps) {
      return maps;
    }
  }
}
