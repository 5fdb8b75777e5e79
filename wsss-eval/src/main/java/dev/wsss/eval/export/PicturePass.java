package dev.wsss.eval.export;

import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.OnnxCam;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxType;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.eval.cam.MapMethod;
import java.util.List;

/**
 * Passes of a network over pictures and their mirror images at several scales, as {@link
 * dev.wsss.eval.cam.CamInference} runs them.
 */
final class PicturePass {
  private final CamNetwork network;
  private final MapMethod method;
  private final OnnxValue pixels;
  private final OnnxValue height;
  private final OnnxValue width;

  /**
   * @param method what the maps are made of
   * @param pixels N×3×H×W, 0…255
   */
  PicturePass(OnnxGraph graph, CamNetwork network, MapMethod method, OnnxValue pixels) {
    this.network = network;
    this.method = method;
    this.pixels = pixels;
    this.height = Plane.size(graph, pixels, 2);
    this.width = Plane.size(graph, pixels, 3);
  }

  /**
   * Maps of a pass: N×K×h×w, or 2N where the mirror images' follow those of the pictures.
   *
   * @param raw the head's own, of which logits are made
   * @param made of the map method
   */
  record Maps(OnnxValue raw, OnnxValue made, boolean mirrored) {

    /** Rectified, and the mirror images' maps mirrored back and added. */
    OnnxValue rectified(OnnxGraph graph) {
      OnnxValue rectified = graph.node("Relu", List.of(made));
      if (!mirrored) {
        return rectified;
      }
      List<OnnxValue> halves = halves(graph, rectified);
      return graph.node("Add", List.of(halves.get(0), Plane.mirrored(graph, halves.get(1))));
    }

    /** Raw maps of the pictures as they are. */
    private OnnxValue upright(OnnxGraph graph) {
      return mirrored ? halves(graph, raw).get(0) : raw;
    }

    private static List<OnnxValue> halves(OnnxGraph graph, OnnxValue both) {
      return graph.nodes("Split", 2, List.of(both), OnnxAttribute.of("axis", 0));
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
    OnnxCam cam = NormalisedPass.of(graph, network, scaled);
    return new Maps(cam.maps(), method.export(graph, cam), mirrored);
  }

  /** N×K of raw maps. */
  OnnxValue probabilities(OnnxGraph graph, Maps maps) {
    return graph.node("Sigmoid", List.of(network.exportLogits(graph, maps.upright(graph))));
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
