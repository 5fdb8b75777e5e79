package dev.wsss.train.run;

import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.onnx.OnnxException;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxModel;
import dev.wsss.eval.cam.MapMethod;
import dev.wsss.eval.export.MaskForm;
import dev.wsss.eval.export.PlainForm;
import dev.wsss.eval.onnx.OnnxSession;
import dev.wsss.eval.predict.ModelInfo;
import dev.wsss.eval.predict.ModelMetadata;
import dev.wsss.eval.report.WholeFile;
import dev.wsss.train.plugin.Kebab;
import dev.wsss.train.provenance.ProgramVersion;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a network with all that has to be known about it as an ONNX file.
 *
 * @param method what the maps are made of
 * @param info what the numbers of the maps mean
 * @param origin where the network comes from, text by key
 */
record ModelExport(
    CamNetwork network, MapMethod method, ModelInfo info, Map<String, String> origin) {

  /**
   * Writes the file whole.
   *
   * @throws OnnxException if a block of the network writes no nodes
   */
  void write(Path file, ExportForm form) throws IOException {
    OnnxGraph graph =
        switch (form) {
          case MAPS, FEATURES ->
              PlainForm.of(network, info.classes().count(), method, form == ExportForm.FEATURES);
          case MASKS ->
              MaskForm.of(
                  network, info.cams(), method, info.maskThreshold(), info.labels().byClass());
        };
    Map<String, String> texts = new TreeMap<>(origin);
    texts.putAll(ModelMetadata.write(info));
    texts.put("wsss.form", form == ExportForm.MASKS ? "masks" : "maps");
    texts.put("wsss.map_method", Kebab.of(method.name()));
    texts.put("wsss.stride", Integer.toString(network.strideInPixels()));
    texts.put(OnnxSession.SHORTEST_SIDE, Integer.toString(network.shortestSide()));
    OnnxModel model = new OnnxModel(graph, ProgramVersion.text(), texts);
    WholeFile.write(
        file,
        target -> {
          try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
            model.writeTo(out);
          }
        });
  }
}
