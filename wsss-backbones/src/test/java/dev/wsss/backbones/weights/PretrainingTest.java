package dev.wsss.backbones.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.ParameterNames;
import dev.wsss.api.network.WeightsException;
import dev.wsss.backbones.layer.BatchNorm;
import dev.wsss.backbones.layer.BatchNormMode;
import dev.wsss.backbones.layer.Chain;
import dev.wsss.backbones.layer.Convolution;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network of one 1×1 convolution from 1 to 2 channels with batch norm. */
class PretrainingTest {
  @TempDir Path folder;
  private NDManager manager;
  private Chain block;
  private Map<String, Parameter> parameters;
  private Pretraining pretraining;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    block =
        new Chain(Kernels.TUNED)
            .then("conv", Convolution.pointwise(2))
            .then("bn", new BatchNorm(BatchNormMode.TRAINED));
    block.initialize(manager, DataType.FLOAT32, new Shape(1, 1, 3, 3));
    parameters = ParameterNames.of(block);
    Architecture other =
        Architecture.of(
            "other-net", "head.", new Chain(Kernels.TUNED).then("stem", Convolution.pointwise(1)));
    Architecture own = Architecture.of("small-net", "fc.", block);
    pretraining = new Pretraining(own, List.of(own, other));
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void everyParameterTakesTheTensorOfItsNameAndStillLearns() throws IOException {
    NDList weights = fitting();

    pretraining.load(write(weights), parameters);

    weights.forEach(
        tensor ->
            assertThat(parameters.get(tensor.getName()).getArray().toFloatArray())
                .as(tensor.getName())
                .isEqualTo(tensor.toFloatArray()));
    NDArray weight = parameters.get("conv.weight").getArray();
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray input = manager.ones(new Shape(1, 1, 3, 3));
      collector.backward(
          block
              .forward(new ParameterStore(manager, false), new NDList(input), false)
              .singletonOrThrow()
              .sum());
    }
    // Nine pixels of one; the scale 30 over the deviation √50, 40 over √60.
    assertThat(weight.getGradient().toFloatArray())
        .containsExactly(
            new float[] {(float) (9 * 30 / Math.sqrt(50)), (float) (9 * 40 / Math.sqrt(60))},
            within(1e-3f));
  }

  @Test
  void nothingOfTheFileStaysInMemory() throws IOException {
    Path file = write(fitting());
    int before = manager.getManagedArrays().size();

    pretraining.load(file, parameters);

    assertThat(manager.getManagedArrays()).hasSize(before);
  }

  @Test
  void theClassifierAndStepCountersAreIgnored() throws IOException {
    NDList weights = fitting();
    weights.add(tensor("fc.weight", new Shape(1000, 2), 1));
    weights.add(tensor("fc.bias", new Shape(1000), 1));
    NDArray counter = manager.create(7L);
    counter.setName("bn.num_batches_tracked");
    weights.add(counter);

    pretraining.load(write(weights), parameters);

    assertThat(parameters.get("bn.weight").getArray().toFloatArray()).containsExactly(30, 40);
  }

  @Test
  void halfPrecisionIsConverted() throws IOException {
    NDList weights = new NDList();
    for (NDArray tensor : fitting()) {
      NDArray half = tensor.toType(DataType.FLOAT16, true);
      half.setName(tensor.getName());
      weights.add(half);
    }

    pretraining.load(write(weights), parameters);

    assertThat(parameters.get("bn.weight").getArray().toFloatArray()).containsExactly(30, 40);
    assertThat(parameters.get("bn.weight").getArray().getDataType()).isEqualTo(DataType.FLOAT32);
  }

  @Test
  void aTensorOfNanIsNamed() throws IOException {
    NDList weights = fitting();
    weights.get("bn.running_var").set(new float[] {50, Float.NaN});
    Path file = write(weights);

    assertThatThrownBy(() -> pretraining.load(file, parameters))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "weights %s: tensor bn.running_var holds NaN (value 2 of 2); weights must be finite"
                .formatted(file));
  }

  /** The engine would end the process on reading such a type. */
  @Test
  void anIgnoredTensorMayHaveAnyType() throws IOException {
    Path file = write(fitting());
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int headerLength = (int) bytes.getLong();
    byte[] json = new byte[headerLength];
    bytes.get(json);
    byte[] data = new byte[bytes.remaining()];
    bytes.get(data);
    String header =
        new String(json, StandardCharsets.UTF_8)
            .strip()
            .replaceFirst(
                "\\}$",
                ",\"fc.weight\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[%d,%d]}}"
                    .formatted(data.length, data.length + 4));
    ByteBuffer changed =
        ByteBuffer.allocate(8 + header.length() + data.length + 4).order(ByteOrder.LITTLE_ENDIAN);
    changed.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8)).put(data);
    Files.write(file, changed.array());

    pretraining.load(file, parameters);

    assertThat(parameters.get("bn.weight").getArray().toFloatArray()).containsExactly(30, 40);
  }

  @Test
  void everythingThatDoesNotFitIsSaidAtOnceAndNothingIsLoaded() throws IOException {
    Path file =
        write(
            new NDList(
                tensor("conv.weight", new Shape(2, 1, 3, 3), 1),
                tensor("bn.weight", new Shape(2), 30),
                tensor("bn.running_mean", new Shape(3), 1),
                tensor("bn.running_var", new Shape(2), 1),
                tensor("conv.bias", new Shape(2), 1),
                tensor("head.weight", new Shape(10, 2), 1)));
    float[] before = parameters.get("bn.weight").getArray().toFloatArray();

    assertThatThrownBy(() -> pretraining.load(file, parameters))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            """
            weights %s do not fit small-net: 2 misshapen, 1 missing, 2 unexpected
              misshapen: conv.weight is 2×1×3×3, the network has 2×1×1×1
              misshapen: bn.running_mean is 3, the network has 2
              missing: bn.bias 2
              unexpected: conv.bias 2
              unexpected: head.weight 10×2"""
                .formatted(file));
    assertThat(parameters.get("bn.weight").getArray().toFloatArray()).isEqualTo(before);
  }

  @Test
  void weightsOfAKnownNetworkAreRecognised() throws IOException {
    Path file =
        write(
            new NDList(
                tensor("stem.weight", new Shape(1, 3, 1, 1), 1),
                tensor("head.weight", new Shape(10, 1), 1)));

    assertThatThrownBy(() -> pretraining.load(file, parameters))
        .hasMessage(
            """
            weights %s do not fit small-net: 0 misshapen, 5 missing, 2 unexpected; these look like\
             weights of other-net
              missing: conv.weight 2×1×1×1
              missing: bn.weight 2
              missing: bn.bias 2
              missing: bn.running_mean 2
              missing: bn.running_var 2
              unexpected: head.weight 10×1
              unexpected: stem.weight 1×3×1×1"""
                .formatted(file));
  }

  @Test
  void whatTheFileMayCallATensorIsSaid() throws IOException {
    NDList weights = fitting();
    weights.get(0).setName("encoder.conv.weight");
    Path file = write(weights);

    assertThatThrownBy(() -> pretraining.load(file, parameters))
        .hasMessage(
            """
            weights %s do not fit small-net: 0 misshapen, 1 missing, 1 unexpected
              missing: conv.weight 2×1×1×1; did the file mean it by encoder.conv.weight?
              unexpected: encoder.conv.weight 2×1×1×1"""
                .formatted(file));
  }

  /** The same numbers as MXNet writes them. */
  @Test
  void anyFormatThatIsReadWillDo() throws IOException {
    NDList weights = fitting();
    ByteBuffer bytes = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(0x112).putLong(0).putLong(weights.size());
    for (NDArray tensor : weights) {
      bytes.putInt(tensor.getShape().dimension());
      for (long size : tensor.getShape().getShape()) {
        bytes.putInt((int) size);
      }
      bytes.putInt(1).putInt(0).putInt(0); // device and type
      for (float value : tensor.toFloatArray()) {
        bytes.putFloat(value);
      }
    }
    bytes.putLong(weights.size());
    for (NDArray tensor : weights) {
      byte[] name = ("arg:" + tensor.getName()).getBytes(StandardCharsets.UTF_8);
      bytes.putLong(name.length).put(name);
    }
    Path file = folder.resolve("w.params");
    Files.write(file, Arrays.copyOf(bytes.array(), bytes.position()));

    pretraining.load(file, parameters);

    weights.forEach(
        tensor ->
            assertThat(parameters.get(tensor.getName()).getArray().toFloatArray())
                .as(tensor.getName())
                .isEqualTo(tensor.toFloatArray()));
  }

  @Test
  void otherNamesThatTheNetworkKnowsAreTaken() throws IOException {
    NDList weights = fitting();
    weights.get(0).setName("kernel0");

    knowing("kernel0").load(write(weights), parameters);

    assertThat(parameters.get("conv.weight").getArray().toFloatArray()).containsExactly(1, 11);
  }

  @Test
  void errorsHaveTheNamesOfTheFile() throws IOException {
    NDList weights = fitting();
    weights.set(0, tensor("kernel0", new Shape(2, 1, 3, 3), 1));
    weights.add(tensor("kernel0b", new Shape(2, 1, 1, 1), 1));
    Path file = write(weights);

    assertThatThrownBy(() -> knowing("kernel0").load(file, parameters))
        .hasMessage(
            """
            weights %s do not fit small-net: 1 misshapen, 0 missing, 1 unexpected
              misshapen: kernel0 is 2×1×3×3, the network has 2×1×1×1
              unexpected: kernel0b 2×1×1×1"""
                .formatted(file));
  }

  @Test
  void aTensorUnderBothItsNamesIsOneTooMany() throws IOException {
    NDList weights = fitting();
    weights.add(tensor("kernel0", new Shape(2, 1, 1, 1), 1));
    Path file = write(weights);

    assertThatThrownBy(() -> knowing("kernel0").load(file, parameters))
        .hasMessage(
            """
            weights %s do not fit small-net: 0 misshapen, 0 missing, 1 unexpected
              unexpected: kernel0 2×1×1×1"""
                .formatted(file));
  }

  private Pretraining knowing(String nameOfTheConvolution) {
    Architecture own =
        pretraining
            .network()
            .withNames(name -> name.equals(nameOfTheConvolution) ? "conv.weight" : name);
    return new Pretraining(own, List.of(own));
  }

  @Test
  void weightsOfAKnownNetworkUnderItsOtherNamesAreRecognised() throws IOException {
    Architecture stranger =
        Architecture.of(
                "other-net",
                "head.",
                new Chain(Kernels.TUNED).then("stem", Convolution.pointwise(1)))
            .withNames(name -> name.equals("stem0_weight") ? "stem.weight" : name);
    Path file = write(new NDList(tensor("stem0_weight", new Shape(1, 3, 1, 1), 1)));

    assertThatThrownBy(
            () -> new Pretraining(pretraining.network(), List.of(stranger)).load(file, parameters))
        .hasMessageContaining("; these look like weights of other-net\n");
  }

  @Test
  void longListsAreCutOffWithACount() throws IOException {
    NDList weights = fitting();
    for (int i = 1; i <= 23; i++) {
      weights.add(tensor("extra.%02d".formatted(i), new Shape(1), 0));
    }
    Path file = write(weights);

    String shown =
        IntStream.rangeClosed(1, 20)
            .mapToObj("  unexpected: extra.%02d 1\n"::formatted)
            .collect(Collectors.joining());
    assertThatThrownBy(() -> pretraining.load(file, parameters))
        .hasMessage(
            "weights "
                + file
                + " do not fit small-net: 0 misshapen, 0 missing, 23 unexpected\n"
                + shown
                + "  … and 3 more unexpected");
  }

  private NDList fitting() {
    return new NDList(
        tensor("conv.weight", new Shape(2, 1, 1, 1), 1),
        tensor("bn.bias", new Shape(2), 20),
        tensor("bn.weight", new Shape(2), 30),
        tensor("bn.running_mean", new Shape(2), 40),
        tensor("bn.running_var", new Shape(2), 50));
  }

  /** Values {@code first}, then each ten more. */
  private NDArray tensor(String name, Shape shape, int first) {
    NDArray tensor = manager.arange((float) shape.size()).mul(10).add(first).reshape(shape);
    tensor.setName(name);
    return tensor;
  }

  private Path write(NDList weights) throws IOException {
    return Files.write(
        folder.resolve("w.safetensors"), weights.encode(NDList.Encoding.SAFETENSORS));
  }
}
