package dev.wsss.eval.export;

import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxType;
import dev.wsss.api.onnx.OnnxValue;
import java.util.List;

/**
 * Passes of a network over pictures and their mirror images at several scales, as {@link
 * dev.wsss.eval.cam.CamInference} runs them.
 */
final class PicturePass {
  private final CamNetwork network;
  private final OnnxValue pixels;
  private final OnnxValue height;
  private final OnnxValue width;

  /**
   * @param pixels N×3×H×W, 0…255
   */
  PicturePass(OnnxGraph graph, CamNetwork network, OnnxValue pixels) {
    this.network = network;
    this.pixels = pixels;
    this.height = Plane.size(graph, pixels, 2);
    this.width = Plane.size(graph, pixels, 3);
  }

  /** Raw maps N×K×h×w of a pass, and those of the mirror images where there are such. */
  record Maps(OnnxValue upright, List<OnnxValue> mirrored) {

    /** Rectified, and the mirror images' maps mirrored back and added. */
    OnnxValue rectified(OnnxGraph graph) {
      OnnxValue sum = graph.node("Relu", List.of(upright));
      for (OnnxValue mirror : mirrored) {
        OnnxValue back = Plane.mirrored(graph, graph.node("Relu", List.of(mirror)));
        sum = graph.node("Add", List.of(sum, back));
      }
      return sum;
    }
  }

  /** The nodes of a pass at a scale. */
  Maps at(OnnxGraph graph, double scale, boolean mirrored) {
    OnnxValue images =
        mirrored
            ? graph.node(
                "Concat",
                List.of(pixels, Plane.mirrored(graph, pixels)),
                OnnxAttribute.of("axis", 0))
            : pixels;
    OnnxValue scaled =
        Plane.resized(graph, images, scaled(graph, height, scale), scaled(graph, width, scale));
    OnnxValue maps = NormalisedPass.of(graph, network, scaled).maps();
    if (!mirrored) {
      return new Maps(maps, List.of());
    }
    List<OnnxValue> halves = graph.nodes("Split", 2, List.of(maps), OnnxAttribute.of("axis", 0));
    return new Maps(halves.get(0), halves.subList(1, 2));
  }

  /** N×K of raw maps. */
  OnnxValue probabilities(OnnxGraph graph, Maps maps) {
    return graph.node("Sigmoid", List.of(network.exportLogits(graph, maps.upright())));
  }

  /** N×M×h×w, enlarged to the pictures' size. */
  OnnxValue enlarged(OnnxGraph graph, OnnxValue maps) {
    return Plane.resized(graph, maps, height, width);
  }

  /** {@code max(shortest side, ⌊side · scale + ½⌋)}, in double precision. */
  private OnnxValue scaled(OnnxGraph graph, OnnxValue side, double scale) {
    OnnxValue pixels = side;
    if (scale != 1) {
      OnnxValue exact = graph.node("Cast", List.of(side), to(OnnxType.DOUBLE));
      OnnxValue product = graph.node("Mul", List.of(exact, graph.precise(scale)));
      OnnxValue raised = graph.node("Add", List.of(product, graph.precise(0.5)));
      pixels = graph.node("Cast", List.of(raised), to(OnnxType.INT64));
    }
    return graph.node("Max", List.of(pixels, graph.integers(network.shortestSide())));
  }

  private static OnnxAttribute to(OnnxType type) {
    return OnnxAttribute.of("to", type.code());
  }
}
