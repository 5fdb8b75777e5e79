package dev.wsss.eval.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.wsss.api.config.Spelling;
import dev.wsss.api.inference.CamModel;
import dev.wsss.api.inference.PixelBatch;
import dev.wsss.api.inference.PixelScores;
import dev.wsss.api.inference.RawMaps;
import dev.wsss.api.inference.SegmentationModel;
import dev.wsss.eval.device.ChosenDevice;
import dev.wsss.eval.device.DeviceChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exported network in ONNX Runtime: input {@code pixels} N×3×H×W, outputs {@code maps} N×K×h×w,
 * {@code logits} N×K and, where it was exported with them, {@code features} N×D×h×w; or, of {@link
 * ModelKind#SEGMENTATION}, {@code scores} N×(K+1)×h×w.
 *
 * <p>May be asked by several threads at once; they share the threads that compute. While it is open
 * it also computes while the JVM shuts down, so that a hook may wait for work to end.
 */
public final class OnnxSession implements CamModel {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxSession.class);

  /** The key in a model file of the shortest side of a picture, in pixels. */
  public static final String SHORTEST_SIDE = "wsss.shortest_side";

  static final String PIXELS = "pixels";
  static final String MAPS = "maps";
  static final String LOGITS = "logits";
  private static final String FEATURES = "features";
  static final String SCORES = "scores";

  /** Pixels a side that a network may need at least; more would be a mistake. */
  private static final int LARGEST_WINDOW = 4096;

  private final Path file;
  private final ChosenDevice device;
  private final EnvironmentReference environment;
  private final OrtSession.SessionOptions options;
  private final OrtSession session;
  private final ModelTexts texts;
  private final ModelKind kind;
  private final int shortestSide;
  private final int classes;

  private OnnxSession(
      Path file,
      ChosenDevice device,
      EnvironmentReference environment,
      OrtSession.SessionOptions options,
      OrtSession session)
      throws OrtException {
    this.file = file;
    this.device = device;
    this.environment = environment;
    this.options = options;
    this.session = session;
    this.texts = new ModelTexts(file, session.getMetadata().getCustomMetadata());
    this.shortestSide = texts.count(SHORTEST_SIDE, LARGEST_WINDOW);
    SessionForm form = SessionForm.of(texts, session);
    this.kind = form.kind();
    this.classes = form.classes();
  }

  /**
   * Opens a file that {@code wsss export} wrote in its plain form, on the first GPU where CUDA can
   * be used, else on the CPU.
   *
   * @throws ModelFileException if there is no such file, it is something else, or damaged
   */
  public static OnnxSession open(Path file) {
    return open(file, DeviceChoice.AUTO);
  }

  /**
   * Opens a file that {@code wsss export} wrote in its plain form, and logs what device was taken.
   *
   * @throws ModelFileException if there is no such file, it is something else, or damaged
   * @throws dev.wsss.eval.device.DeviceException if the device that was asked for is not there
   */
  public static OnnxSession open(Path file, DeviceChoice choice) {
    if (!Files.isRegularFile(file)) {
      throw new ModelFileException(
          Files.isDirectory(file)
              ? file
                  + " is a folder; expected is the file that 'wsss export' writes of a run, or, for"
                  + " the folder itself, Run.trained(folder).predictor()"
              : "there is no file " + file + Spelling.suggestion(file, path -> true));
    }
    ModelSeal.require(file);
    ChosenDevice device = OnnxDevice.choose(choice);
    LOG.info(device.line());
    return open(file, device);
  }

  /** Opens a file that is whole. */
  static OnnxSession open(Path file, ChosenDevice device) {
    return open(
        file,
        device,
        (environment, options) -> environment.createSession(file.toString(), options));
  }

  /**
   * Opens a network that was written a moment ago, on the CPU, without a file.
   *
   * @param content of a file in the plain form
   * @param origin where the network comes from, which errors name
   * @throws ModelFileException if ONNX Runtime cannot open it
   */
  public static OnnxSession inMemory(byte[] content, Path origin) {
    return open(
        origin,
        new ChosenDevice(OptionalInt.empty(), "device: cpu"),
        (environment, options) -> environment.createSession(content, options));
  }

  private interface Source {
    OrtSession session(OrtEnvironment environment, OrtSession.SessionOptions options)
        throws OrtException;
  }

  private static OnnxSession open(Path file, ChosenDevice device, Source source) {
    EnvironmentReference environment = null;
    OrtSession.SessionOptions options = null;
    OrtSession session = null;
    try {
      environment = EnvironmentReference.take();
      options = OnnxOptions.on(device.gpu());
      session = source.session(environment.environment(), options);
      return new OnnxSession(file, device, environment, options, session);
    } catch (OrtException | RuntimeException e) {
      close(session, options, environment);
      throw e instanceof ModelFileException known
          ? known
          : new ModelFileException(
              "%s: ONNX Runtime cannot open this model%s: %s"
                  .formatted(file, onGpu(device), e.getMessage()),
              e);
    }
  }

  /** Where the CPU would do, an error says that it is the GPU's. */
  private static String onGpu(ChosenDevice device) {
    return device.gpu().isPresent() ? " on " + device.name() : "";
  }

  /** K, the number of foreground classes. */
  public int classes() {
    return classes;
  }

  /** What it gives. */
  public ModelKind kind() {
    return kind;
  }

  /**
   * This session as a segmentation network, which is closed with it.
   *
   * @throws IllegalStateException if it is of another kind
   */
  public SegmentationModel segmentation() {
    if (kind != ModelKind.SEGMENTATION) {
      throw new IllegalStateException(file + " gives no scores of pixels: it is a CAM network");
    }
    return new OnnxSegmentation(this);
  }

  /** Where it computes, and why there. */
  public ChosenDevice device() {
    return device;
  }

  /** What the export wrote about the model. */
  public ModelTexts texts() {
    return texts;
  }

  @Override
  public int shortestSide() {
    return shortestSide;
  }

  @Override
  public RawMaps run(PixelBatch pixels, boolean features) {
    if (features && !session.getOutputNames().contains(FEATURES)) {
      throw new IllegalArgumentException(
          file + " gives no features; wsss export --features writes a model that does");
    }
    requireKind(ModelKind.CAM);
    Set<String> wanted = features ? Set.of(MAPS, LOGITS, FEATURES) : Set.of(MAPS, LOGITS);
    try (OnnxTensor input = tensor(pixels);
        OrtSession.Result result = session.run(Map.of(PIXELS, input), wanted)) {
      long[] grid = tensor(result, MAPS).getInfo().getShape();
      return new RawMaps(
          pixels.count(),
          (int) grid[1],
          (int) grid[2],
          (int) grid[3],
          tensor(result, MAPS).getFloatBuffer().array(),
          tensor(result, LOGITS).getFloatBuffer().array(),
          features
              ? Optional.of(tensor(result, FEATURES).getFloatBuffer().array())
              : Optional.empty());
    } catch (OrtException e) {
      throw failed(pixels, e);
    }
  }

  /** Scores of a segmentation network. */
  PixelScores scores(PixelBatch pixels) {
    requireKind(ModelKind.SEGMENTATION);
    try (OnnxTensor input = tensor(pixels);
        OrtSession.Result result = session.run(Map.of(PIXELS, input), Set.of(SCORES))) {
      OnnxTensor scores = tensor(result, SCORES);
      long[] grid = scores.getInfo().getShape();
      return new PixelScores(
          pixels.count(),
          (int) grid[1],
          (int) grid[2],
          (int) grid[3],
          scores.getFloatBuffer().array());
    } catch (OrtException e) {
      throw failed(pixels, e);
    }
  }

  private void requireKind(ModelKind wanted) {
    if (kind != wanted) {
      throw new ModelFileException(
          "%s is a %s model; wanted is a %s model".formatted(file, kind.text(), wanted.text()));
    }
  }

  private OnnxTensor tensor(PixelBatch pixels) throws OrtException {
    long[] shape = {pixels.count(), 3, pixels.height(), pixels.width()};
    return OnnxTensor.createTensor(
        environment.environment(),
        pixels.values().duplicate().order(pixels.values().order()),
        shape,
        OnnxJavaType.FLOAT);
  }

  private IllegalStateException failed(PixelBatch pixels, OrtException e) {
    return new IllegalStateException(
        "%s cannot run %d pictures of %d×%d%s: %s"
            .formatted(
                file,
                pixels.count(),
                pixels.width(),
                pixels.height(),
                onGpu(device),
                e.getMessage()),
        e);
  }

  private OnnxTensor tensor(OrtSession.Result result, String name) {
    if (result.get(name).orElse(null) instanceof OnnxTensor tensor) {
      return tensor;
    }
    throw new ModelFileException(file + ": output '" + name + "' is no tensor");
  }

  @Override
  public void close() {
    close(session, options, environment);
  }

  /** The options must outlive the session, and the environment both. */
  private static void close(
      @Nullable OrtSession session,
      OrtSession.@Nullable SessionOptions options,
      @Nullable EnvironmentReference environment) {
    try {
      if (session != null) {
        session.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("cannot close the model: " + e.getMessage(), e);
    } finally {
      if (options != null) {
        options.close();
      }
      if (environment != null) {
        environment.close();
      }
    }
  }
}
