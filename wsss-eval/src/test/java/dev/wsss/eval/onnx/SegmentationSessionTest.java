package dev.wsss.eval.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxModel;
import dev.wsss.api.onnx.OnnxType;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.eval.cam.CamConfig;
import dev.wsss.eval.predict.ModelInfo;
import dev.wsss.eval.predict.ModelMetadata;
import dev.wsss.eval.predict.Predictor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model file whose scores of background, green and blue are the three colours. */
class SegmentationSessionTest {
  @TempDir private Path temp;

  private static Map<String, String> texts(String kind) {
    ModelInfo info =
        ModelInfo.ofSegmentation(
            new ClassNames(List.of("green", "blue")), new CamConfig(List.of(1.0), true, 1), 320);
    Map<String, String> texts = new LinkedHashMap<>(ModelMetadata.write(info));
    texts.put("wsss.kind", kind);
    texts.put("wsss.shortest_side", "1");
    return texts;
  }

  private Path write(String output, Map<String, String> texts) throws IOException {
    Path file = temp.resolve("model.onnx");
    OnnxGraph graph = OnnxGraph.empty();
    OnnxValue pixels = graph.input("pixels", OnnxType.FLOAT, "N", "3", "H", "W");
    graph.output(output, pixels, OnnxType.FLOAT, "N", "3", "h", "w");
    try (OutputStream out = Files.newOutputStream(file)) {
      new OnnxModel(graph, "test", texts).writeTo(out);
    }
    return file;
  }

  @Test
  void itLabelsPictures() throws IOException {
    try (Predictor predictor = Predictor.open(write("scores", texts("segmentation")))) {
      assertThat(predictor.kind()).isEqualTo(ModelKind.SEGMENTATION);
      RgbImage picture = new RgbImage(3, 1, new byte[] {99, 0, 0, 0, 99, 0, 0, 0, 99});

      assertThat(predictor.predict("any", picture).mask().indices()).containsExactly(0, 1, 2);
    }
  }

  @Test
  void whatIsNoSegmentationModelIsNamed() throws IOException {
    Path other = write("maps", texts("segmentation"));
    assertThatThrownBy(() -> OnnxSession.open(other))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(
            other
                + ": inputs [pixels] and outputs [maps]; a segmentation model has the input"
                + " 'pixels' and the output 'scores'");
    Path unknown = write("scores", texts("depth"));
    assertThatThrownBy(() -> OnnxSession.open(unknown))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(unknown + ": 'wsss.kind' is 'depth'; it must be cam or segmentation");
  }

  @Test
  void eachKindGivesItsOwn() throws IOException {
    try (OnnxSession cam =
        OnnxSession.open(SmallModel.write(temp.resolve("cam.onnx"), SmallModel.texts()))) {
      assertThat(cam.kind()).isEqualTo(ModelKind.CAM);
      assertThatThrownBy(cam::segmentation)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(temp.resolve("cam.onnx") + " gives no scores of pixels: it is a CAM network");
    }
  }
}
