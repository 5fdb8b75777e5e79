package dev.wsss.eval.onnx;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxModel;
import dev.wsss.api.onnx.OnnxType;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.eval.cam.CamConfig;
import dev.wsss.eval.cam.LabelThresholds;
import dev.wsss.eval.predict.ModelInfo;
import dev.wsss.eval.predict.ModelMetadata;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model of a few hundred bytes: the maps of its three classes are the three colours. */
final class SmallModel {

  private SmallModel() {}

  /** What a file says about it. */
  static Map<String, String> texts() {
    ModelInfo info =
        new ModelInfo(
            new ClassNames(List.of("red", "green", "blue")),
            new CamConfig(List.of(0.5, 1.0), true, 1),
            0.25,
            "held-out",
            new LabelThresholds(List.of(0.4, 0.5, 0.6), LabelThresholds.HELD_OUT),
            320);
    Map<String, String> texts = new LinkedHashMap<>(ModelMetadata.write(info));
    texts.put("wsss.shortest_side", "4");
    return texts;
  }

  /** Writes it as an export does. */
  static Path write(Path file, Map<String, String> texts) throws IOException {
    OnnxGraph graph = OnnxGraph.empty();
    OnnxValue pixels = graph.input("pixels", OnnxType.FLOAT, "N", "3", "H", "W");
    OnnxValue logits =
        graph.node(
            "ReduceMean",
            List.of(pixels),
            OnnxAttribute.list("axes", 2, 3),
            OnnxAttribute.of("keepdims", 0));
    graph.output("maps", pixels, OnnxType.FLOAT, "N", "3", "h", "w");
    graph.output("logits", logits, OnnxType.FLOAT, "N", "3");
    try (OutputStream out = Files.newOutputStream(file)) {
      new OnnxModel(graph, "test", texts).writeTo(out);
    }
    return file;
  }
}
