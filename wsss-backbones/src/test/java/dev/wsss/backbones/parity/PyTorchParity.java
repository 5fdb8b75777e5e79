package dev.wsss.backbones.parity;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.network.Initialisation;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.tensor.HiddenCaches;
import dev.wsss.api.testing.ExportedNetwork;
import dev.wsss.backbones.head.LinearHead;
import dev.wsss.backbones.head.LinearHeadConfig;
import dev.wsss.backbones.head.Pooling;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A backbone with a linear head gives the features, maps and gradients that PyTorch gives, at the
 * sizes of a file, and so does its export in ONNX Runtime. Extend it, or nest an extension in the
 * backbone's test, and write the file with {@code examples/parity/networks.py}.
 */
public abstract class PyTorchParity {
  private static final double VALUES = 1e-4;
  private static final double GRADIENTS = 1e-3;
  private static final ClassNames CLASSES = new ClassNames(List.of("a", "b", "c", "d", "e"));
  private static final String BACKBONE = "backbone.";

  private final String name;

  /**
   * @param name of the file, a network and its stride, such as {@code resnet18-8}
   */
  protected PyTorchParity(String name) {
    this.name = name;
  }

  /** A backbone all of whose weights learn, while batch norm keeps its statistics. */
  protected abstract Backbone create(Kernels kernels);

  @ParameterizedTest
  @EnumSource
  final void featuresMapsAndGradientsArePyTorchs(Kernels kernels) throws Exception {
    HiddenCaches.avoid();
    try (NDManager manager = NDManager.newBaseManager()) {
      ExpectedValues expected = ExpectedValues.read(manager, name);
      // One network for all sizes: a deep one takes seconds to make.
      try (CamNetwork network = network(manager, kernels, expected)) {
        for (String size : expected.sizes()) {
          NDArray picture = expected.picture(manager, size);
          assertSame(expected, size, network.evaluate(picture));
          try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            CamOutput learned = network.learn(picture);
            assertSame(expected, size, learned);
            collector.backward(loss(manager, network.logits(learned.maps())));
          }
          SortedMap<String, NDArray> gradients = gradients(network);
          expected.assertGradientsClose(size, gradients, GRADIENTS);
          gradients.values().forEach(gradient -> gradient.muli(0)); // else they would add up
        }
      }
    }
  }

  @Test
  final void onnxRuntimeGivesTheSame() throws Exception {
    HiddenCaches.avoid();
    try (NDManager manager = NDManager.newBaseManager()) {
      ExpectedValues expected = ExpectedValues.read(manager, name);
      try (CamNetwork network = network(manager, Kernels.TUNED, expected);
          ExportedNetwork exported = new ExportedNetwork(network)) {
        for (String size : expected.sizes()) {
          exported.assertSameAsTheNetwork(expected.picture(manager, size));
        }
      }
    }
  }

  private static void assertSame(ExpectedValues expected, String size, CamOutput output) {
    expected.assertClose("features." + size, output.features(), VALUES);
    expected.assertClose("maps." + size, output.maps(), VALUES);
  }

  private CamNetwork network(NDManager manager, Kernels kernels, ExpectedValues expected) {
    LinearHead head =
        new LinearHead(
            new LinearHeadConfig(Initialisation.HE_NORMAL, Pooling.GAP, 5, 0.2, 0.5), CLASSES);
    CamNetwork network = CamNetwork.random(manager, create(kernels), head, 1);
    network
        .parameters()
        .forEach(
            (parameter, p) ->
                p.getArray()
                    .set(NamedValues.of(inPyTorch(parameter), p.getShape(), expected.gain())));
    return network;
  }

  private static NDArray loss(NDManager manager, NDArray logits) {
    NDArray factors =
        manager.create(NamedValues.noise("loss", logits.getShape()), logits.getShape());
    return logits.mul(factors).sum();
  }

  private static SortedMap<String, NDArray> gradients(CamNetwork network) {
    SortedMap<String, NDArray> gradients = new TreeMap<>();
    network
        .parameters()
        .forEach(
            (parameter, p) -> {
              if (p.requiresGradient()) {
                gradients.put(inPyTorch(parameter), p.getArray().getGradient());
              }
            });
    return gradients;
  }

  private static String inPyTorch(String parameter) {
    return parameter.startsWith(BACKBONE) ? parameter.substring(BACKBONE.length()) : parameter;
  }
}
