package dev.wsss.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.eval.metric.MaskScores;
import dev.wsss.eval.refine.Refinement;
import dev.wsss.train.SmallRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefinedMasksTest {
  private static final OptionalDouble THRESHOLD = OptionalDouble.of(0.4);

  @TempDir private Path temp;

  @Test
  void withoutARefinerTheyAreThoseOfTheThresholdAndWithOneItIsAskedForEachPicture()
      throws IOException {
    Set<String> asked = new ConcurrentSkipListSet<>();
    PseudoLabelRefiner allBackground =
        (picture, scores, id) -> {
          asked.add(id);
          float[] planes = new float[scores.planes().length];
          Arrays.fill(planes, 0, scores.width() * scores.height(), 1);
          return new ClassScores(scores.width(), scores.height(), scores.present(), planes);
        };
    try (Run run = trained()) {
      run.label("val", temp.resolve("plain"), THRESHOLD, RunListener.SILENT);
      label(run, "same");
      RunResult result = label(run, "none", allBackground);

      assertThat(masks("same")).hasSize(16).isEqualTo(masks("plain"));
      assertThat(asked).hasSize(16);
      assertThat(result.masks().value()).isEqualTo(0.4);
      MaskScores scores = run.compare("val", temp.resolve("none/masks")).orElseThrow();
      assertThat(scores.pictures()).isEqualTo(16);
      assertThat(scores.masks().confusion().miou())
          .isEqualTo(scores.background().confusion().miou());
    }
  }

  @Test
  void aPictureThatARefinerCannotUseIsLeftOutOrEndsItWhereThatIsAskedFor() throws IOException {
    PseudoLabelRefiner picky =
        (picture, scores, id) -> {
          if (id.equals("val-00003")) {
            throw new BadImageException("regions/val-00003.png is missing");
          }
          return scores;
        };
    try (Run run = trained()) {
      label(run, "skipped", picky);
      assertThat(masks("skipped")).hasSize(15).doesNotContainKey("val-00003.png");
      assertThat(run.compare("val", temp.resolve("skipped/masks")).orElseThrow().pictures())
          .isEqualTo(15);
    }
    try (Run run = Run.trained(temp.resolve("run"), "training.on-bad-image=fail")) {
      assertThatThrownBy(() -> label(run, "failed", picky))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "regions/val-00003.png is missing (on-bad-image: skip would leave the picture without"
                  + " a mask)");
      assertThat(temp.resolve("failed")).doesNotExist();
    }
  }

  private RunResult label(Run run, String out, PseudoLabelRefiner... refiners) {
    Refinement refinement = new Refinement(List.of(refiners), "test");
    return run.label("val", temp.resolve(out), THRESHOLD, refinement, RunListener.SILENT);
  }

  private Run trained() {
    Run run =
        Run.open(SmallRuns.resolved("training.epochs=1"), temp.resolve("run"), Resume.CONTINUE);
    run.learn(RunListener.SILENT);
    return run;
  }

  private Map<String, String> masks(String out) throws IOException {
    Map<String, String> masks = new TreeMap<>();
    try (Stream<Path> files = Files.list(temp.resolve(out).resolve("masks"))) {
      for (Path file : files.toList()) {
        masks.put(String.valueOf(file.getFileName()), Arrays.toString(Files.readAllBytes(file)));
      }
    }
    return masks;
  }
}
