package dev.wsss.api.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CamNetworkTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void valuesAreCopiedByNameInWhateverOrderTheyWereDeclared() {
    try (CamNetwork target = network(Map.of("a", 2, "b", 2), List.of("a", "b"));
        CamNetwork source = network(Map.of("a", 2, "b", 2), List.of("b", "a"))) {
      set(source, "backbone.a", 1, 2);
      set(source, "backbone.b", 3, 4);

      target.copyFrom(source);

      assertThat(values(target, "backbone.a")).containsExactly(1, 2);
      assertThat(values(target, "backbone.b")).containsExactly(3, 4);
    }
  }

  @Test
  void networksThatDifferAreRefusedByNameAndNothingIsCopied() {
    try (CamNetwork target = network(Map.of("a", 2, "b", 2, "c", 2), List.of("a", "b", "c"));
        CamNetwork source = network(Map.of("a", 2, "b", 3, "d", 2), List.of("a", "b", "d"))) {
      float[] before = values(target, "backbone.a");

      assertThatThrownBy(() -> target.copyFrom(source))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "two networks of different parameters: backbone.b is (2, 1), the other's (3, 1); the"
                  + " other lacks backbone.c; only the other has backbone.d");
      assertThat(values(target, "backbone.a")).isEqualTo(before);
    }
  }

  private static void set(CamNetwork network, String name, float... values) {
    array(network, name).set(values);
  }

  private static float[] values(CamNetwork network, String name) {
    return array(network, name).toFloatArray();
  }

  private static NDArray array(CamNetwork network, String name) {
    return network.parameters().get(name).getArray();
  }

  /** A network whose backbone has weights of the given sizes, declared in the given order. */
  private CamNetwork network(Map<String, Integer> sizes, List<String> order) {
    Weights block = new Weights(1);
    order.forEach(name -> block.declare(name, sizes.get(name)));
    Block two = new Weights(2);
    return new CamNetwork(
        manager,
        new Backbone() {
          @Override
          public Block block() {
            return block;
          }

          @Override
          public FeatureSpec output() {
            return new FeatureSpec(3, 1);
          }

          @Override
          public InputSpec input() {
            return InputSpec.CENTRED;
          }
        },
        new CamHead() {
          @Override
          public Block block() {
            return two;
          }

          @Override
          public NDArray pool(NDArray maps) {
            return maps;
          }
        },
        1);
  }

  /** Weights without a use; gives its input once or twice. */
  private static final class Weights extends AbstractBlock {
    private final int times;

    Weights(int times) {
      this.times = times;
    }

    void declare(String name, int size) {
      addParameter(
          Parameter.builder()
              .setName(name)
              .setType(Parameter.Type.WEIGHT)
              .optShape(new Shape(size, 1))
              .build());
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      NDList outputs = new NDList();
      for (int i = 0; i < times; i++) {
        outputs.add(inputs.singletonOrThrow());
      }
      return outputs;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      Shape[] outputs = new Shape[times];
      Arrays.fill(outputs, inputs[0]);
      return outputs;
    }
  }
}
