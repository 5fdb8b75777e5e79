package dev.wsss.backbones.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import dev.wsss.api.network.CamHead;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.ParameterNames;
import dev.wsss.api.testing.CamHeadContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextHeadTest extends CamHeadContract {
  private static final ClassNames CLASSES = new ClassNames(List.of("cat", "dog"));

  @TempDir Path folder;

  @Override
  protected CamHead create(FeatureSpec features, ClassNames classes) {
    float[] texts = new float[classes.count() * features.channels()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = (float) Math.sin(i * i);
    }
    return head(file(texts, classes.count(), features.channels()), classes);
  }

  @Override
  protected boolean drawsStartingValues() {
    return false;
  }

  private static TextHead head(Path features, ClassNames classes) {
    return new TextHead(new TextHeadConfig(features, 100, Pooling.GAP, 5, 0.2, 0.5), classes);
  }

  private Path file(float[] texts, long... shape) {
    Path file = folder.resolve("texts.safetensors");
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray tensor = manager.create(texts, new Shape(shape));
      tensor.setName("texts");
      Files.write(file, new NDList(tensor).encode(NDList.Encoding.SAFETENSORS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** Texts (3, 4) and (0, 2), that is (0.6, 0.8) and (0, 1); their mean is (0.3, 0.9). */
  @Test
  void mapsAreCosinesToTheTextsLessTheirMean() {
    try (NDManager manager = NDManager.newBaseManager()) {
      TextHead head = head(file(new float[] {3, 4, 0, 2}, 2, 2), CLASSES);
      Map<String, Parameter> parameters = initialised(manager, head);
      head.pretrain(parameters);
      NDArray features = manager.create(new float[] {8, 0, 0, 6, 0, 0}, new Shape(1, 2, 1, 3));

      NDList output =
          head.block().forward(new ParameterStore(manager, false), new NDList(features), false);

      assertThat(parameters.get("classifier.weight").getArray().toFloatArray())
          .containsExactly(new float[] {0.3f, -0.1f, -0.3f, 0.1f}, within(1e-6f));
      assertThat(output.get(0)).isSameAs(features);
      // Of (0.8, 0.6): 100·(0.8·0.3 − 0.6·0.1); a cell without features is near no text.
      assertThat(output.get(1).toFloatArray())
          .containsExactly(new float[] {18, 0, 0, -18, 0, 0}, within(1e-4f));
    }
  }

  @Test
  void textsOfOtherClassesOrAnotherSpaceAreTold() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Path file = file(new float[6], 3, 2);
      TextHead head = head(file, CLASSES);
      Map<String, Parameter> parameters = initialised(manager, head);
      assertThatThrownBy(() -> head.pretrain(parameters))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "network.head.features: 'texts' of "
                  + file
                  + " has the shape (3, 2); wanted is (2, 2), a row for each of the classes [cat,"
                  + " dog], of as many numbers as the backbone's features have channels");
      TextHead missing = head(folder.resolve("no.npz"), CLASSES);
      assertThatThrownBy(() -> missing.pretrain(parameters))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("network.head.features: ")
          .hasMessageContaining("no.npz: no such file");
    }
  }

  @Test
  void oneClassAloneCannotBeComparedWithOthers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> head(Path.of("never-read"), new ClassNames(List.of("cat"))))
        .withMessage("one class alone has no other text to be compared with; take the head linear");
  }

  private static Map<String, Parameter> initialised(NDManager manager, CamHead head) {
    head.block().initialize(manager, DataType.FLOAT32, new Shape(1, 2, 1, 3));
    return ParameterNames.of(head.block());
  }
}
