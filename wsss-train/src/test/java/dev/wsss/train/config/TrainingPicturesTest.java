package dev.wsss.train.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.Example;
import dev.wsss.eval.cam.LabelThresholds;
import dev.wsss.train.PictureFolder;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.run.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingPicturesTest {
  @TempDir Path temp;

  @Test
  void learnsAllByDefault() {
    TrainingPictures pictures = divide();

    assertThat(pictures.learned()).hasSize(32);
    assertThat(pictures.leftOut()).isEmpty();
    assertThat(pictures.labelsChosenOn()).isEqualTo(pictures.heldOut()).hasSize(6);
    assertThat(pictures.labelMode()).isEqualTo(LabelThresholds.HELD_OUT);
  }

  @Test
  void neverLearnsThoseLeftOut() {
    TrainingPictures pictures = divide("training.left-out-share=0.1");

    assertThat(pictures.labelsChosenOn()).isEqualTo(pictures.leftOut()).hasSize(3);
    assertThat(pictures.labelMode()).isEqualTo(LabelThresholds.LEFT_OUT);
    assertThat(pictures.heldOut()).hasSize(6).containsAll(pictures.leftOut());
    List<Example> both = new ArrayList<>(pictures.learned());
    both.addAll(pictures.leftOut());
    assertThat(both).hasSize(32).doesNotHaveDuplicates();
  }

  @Test
  void thoseLeftOutChooseMaskThresholdsTooWhereNoneElseDo() {
    TrainingPictures pictures = divide("training.left-out-share=0.1", "scoring.held-out-share=0");

    assertThat(pictures.heldOut()).isEqualTo(pictures.leftOut()).hasSize(3);
  }

  /** Two squares and two round ones: of three candidates, one of each may go. */
  @Test
  void everyClassKeepsAPictureThatIsLearned() throws Exception {
    PictureFolder folder = new PictureFolder(temp);

    TrainingPictures pictures = divide(folder.data(), "training.left-out-share=0.75");

    assertThat(pictures.leftOut()).hasSize(2);
    assertThat(pictures.learned().stream().map(Example::labels).distinct()).hasSize(2);
  }

  private static TrainingPictures divide(String... overrides) {
    RunConfig config = SmallRuns.config(overrides);
    return TrainingPictures.of(config, Run.dataOf(config));
  }
}
