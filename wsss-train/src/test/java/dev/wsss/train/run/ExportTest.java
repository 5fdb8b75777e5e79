package dev.wsss.train.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.inference.PixelBatch;
import dev.wsss.api.listener.RunListener;
import dev.wsss.eval.cam.PixelPlanes;
import dev.wsss.eval.image.BilinearResize;
import dev.wsss.eval.onnx.ModelFileException;
import dev.wsss.eval.onnx.OnnxSession;
import dev.wsss.eval.predict.CamPrediction;
import dev.wsss.eval.predict.PicturePrediction;
import dev.wsss.eval.predict.Predictor;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.provenance.RunFolderException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A run's network as a file, and what labels pictures with it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportTest {
  @TempDir private static Path temp;

  private Path run;
  private Path model;
  private final List<Example> examples = new ArrayList<>();
  private final List<RgbImage> pictures = new ArrayList<>();

  @BeforeAll
  void trainAndExport() throws Exception {
    run = temp.resolve("run");
    model = temp.resolve("model.onnx");
    try (Run opened = Run.open(SmallRuns.resolved(), run, Resume.FRESH)) {
      opened.train(RunListener.SILENT);
      opened.export(model, ExportForm.MAPS, "none");
      for (Example example : opened.data().examples("val")) {
        examples.add(example);
        pictures.add(opened.data().image(example));
      }
    }
  }

  @Test
  void saysTheSameAsTheRun() {
    try (Run trained = Run.trained(run, "engine.kernels=plain");
        Predictor inEngine = trained.predictor();
        Predictor exported = Predictor.open(model)) {
      assertThat(exported.info().classes()).isEqualTo(inEngine.info().classes());
      assertThat(exported.info().labels()).isEqualTo(inEngine.info().labels());
      assertThat(exported.info().maskThreshold()).isEqualTo(inEngine.info().maskThreshold());
      assertThat(exported.info().pictureSide()).isEqualTo(32);
      for (int i = 0; i < 6; i++) {
        for (RgbImage size : List.of(pictures.get(i), resized(pictures.get(i), 29, 23))) {
          assertSame(
              exported.predict(examples.get(i), size), inEngine.predict(examples.get(i), size));
          assertSame(exported.predict("any", size), inEngine.predict("any", size));
        }
      }
    }
  }

  /** The maps in the files are spread, and nobody who reads them spreads them again. */
  @Test
  void pixelCorrelationIsInTheFile() throws Exception {
    Path spread = temp.resolve("spread");
    Map<ExportForm, Path> files = new EnumMap<>(ExportForm.class);
    try (Run opened =
        Run.open(
            SmallRuns.resolved("scoring.map-method=pixel-correlation"), spread, Resume.FRESH)) {
      opened.train(RunListener.SILENT);
      for (ExportForm form : ExportForm.values()) {
        files.put(form, temp.resolve("spread-" + form + ".onnx"));
        opened.export(files.get(form), form, "none");
      }
    }
    RgbImage small = resized(pictures.get(0), 29, 23);
    try (Run trained = Run.trained(spread, "engine.kernels=plain");
        Predictor inEngine = trained.predictor()) {
      for (ExportForm form : List.of(ExportForm.MAPS, ExportForm.FEATURES)) {
        try (OnnxSession session = OnnxSession.open(files.get(form))) {
          assertThat(session.texts().text("wsss.map_method")).isEqualTo("pixel-correlation");
          PixelBatch pixels = new PixelPlanes().of(List.of(small, small), true, 23, 29);
          float[] expected = trained.model().run(pixels, false).maps();
          assertThat(session.run(pixels, form == ExportForm.FEATURES).maps())
              .containsExactly(expected, within(1e-4f * largest(expected)));
        }
        try (Predictor exported = Predictor.open(files.get(form))) {
          assertSame(
              exported.predict(examples.get(0), small), inEngine.predict(examples.get(0), small));
          assertSame(exported.predict("any", small), inEngine.predict("any", small));
        }
      }
    }
    // MaskFormTest holds what they compute.
    assertThat(Files.readString(files.get(ExportForm.MASKS), ISO_8859_1))
        .contains("scale-1.0/correlation.MatMul", "pixel-correlation");
    assertThat(Files.readString(model, ISO_8859_1)).doesNotContain("correlation");
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  @Test
  void scalesALargePictureDownAndItsMapsBack() {
    RgbImage large = resized(pictures.get(0), 131, 97);
    try (Predictor predictor = Predictor.open(model)) {
      CamPrediction prediction = (CamPrediction) predictor.predict(examples.get(0), large);

      assertThat(prediction.maps().width()).isEqualTo(32);
      assertThat(prediction.maps().height()).isEqualTo(24);
      assertThat(prediction.mask().width()).isEqualTo(131);
      assertThat(prediction.mask().height()).isEqualTo(97);
      RgbImage small = resized(large, 32, 24);
      float[] expected = predictor.predict(examples.get(0), small).scores().score();
      assertThat(prediction.maps().winners().score()).containsExactly(expected, within(1e-6f));
    }
  }

  @Test
  void labelsWithTheClassesWhoseProbabilityReachesTheirThreshold() {
    try (Predictor predictor = Predictor.open(model)) {
      for (RgbImage picture : pictures) {
        PicturePrediction prediction = predictor.predict("any", picture);
        BitSet expected = new BitSet();
        for (int k = 0; k < prediction.probabilities().length; k++) {
          expected.set(
              k, prediction.probabilities()[k] >= predictor.info().labels().byClass().get(k));
        }
        assertThat(prediction.example().labels()).isEqualTo(expected);
      }
    }
  }

  @Test
  void severalThreadsMayAskAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Predictor predictor = Predictor.open(model)) {
      List<float[]> alone = new ArrayList<>();
      List<Callable<float[]>> tasks = new ArrayList<>();
      for (int i = 0; i < pictures.size(); i++) {
        int at = i;
        RgbImage picture = resized(pictures.get(i), 20 + i, 30 - i);
        alone.add(predictor.predict(examples.get(at), picture).scores().score());
        tasks.add(() -> predictor.predict(examples.get(at), picture).scores().score());
      }
      List<Future<float[]>> together = threads.invokeAll(tasks);
      for (int i = 0; i < alone.size(); i++) {
        assertThat(together.get(i).get()).containsExactly(alone.get(i), within(1e-6f));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theFormThatMakesMasksIsNoModelOfThePredictor() {
    Path masks = temp.resolve("masks.onnx");
    try (Run trained = Run.trained(run)) {
      trained.export(masks, ExportForm.MASKS, "none");
    }
    assertThatThrownBy(() -> Predictor.open(masks))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(masks + ": inputs [")
        .hasMessageEndingWith(
            "a model in the plain form has the input 'pixels' and the outputs 'maps' and 'logits': export it without --masks");
  }

  @Test
  void namesAFileThatIsNotThere() {
    Path missing = temp.resolve("missing.onnx");
    assertThatThrownBy(() -> Predictor.open(missing))
        .isInstanceOf(ModelFileException.class)
        .hasMessage("there is no file " + missing);
    assertThatThrownBy(() -> Predictor.open(temp))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(
            temp
                + " is a folder; expected is the file that 'wsss export' writes of a run, or, for"
                + " the folder itself, Run.trained(folder).predictor()");
  }

  @Test
  void aRunThatIsNotFinishedHasNoThresholds() {
    Path other = temp.resolve("other");
    try (Run opened = Run.open(SmallRuns.resolved(), other, Resume.FRESH)) {
      assertThatThrownBy(opened::predictor)
          .isInstanceOf(RunFolderException.class)
          .hasMessage(
              other
                  + " holds no finished run, so that no thresholds were chosen; train it to its end first");
    }
  }

  private static void assertSame(PicturePrediction exported, PicturePrediction inEngine) {
    assertThat(exported.example()).isEqualTo(inEngine.example());
    assertThat(exported.probabilities()).containsExactly(inEngine.probabilities(), within(1e-5f));
    assertThat(exported.scores().score()).containsExactly(inEngine.scores().score(), within(1e-4f));
  }

  private static RgbImage resized(RgbImage picture, int width, int height) {
    return new BilinearResize(picture.width(), picture.height(), width, height).apply(picture);
  }
}
