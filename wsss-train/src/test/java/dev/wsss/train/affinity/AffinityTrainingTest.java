package dev.wsss.train.affinity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.refine.BackgroundRule;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.eval.augment.MaskSource;
import dev.wsss.eval.augment.OnBadImage;
import dev.wsss.eval.cam.PictureMaps;
import dev.wsss.eval.metric.Confusion;
import dev.wsss.eval.refine.CrfPreset;
import dev.wsss.eval.refine.DenseCrfConfig;
import dev.wsss.eval.refine.walk.AffinityGrid;
import dev.wsss.eval.refine.walk.RandomWalkConfig;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.checkpoint.Progress;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.SupervisedConfig;
import dev.wsss.train.loop.TrainingException;
import dev.wsss.train.run.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From coarse maps to an affinity network and a walk that sharpens the maps of new pictures. */
class AffinityTrainingTest {
  private static final RunConfig RUN =
      SmallRuns.config(
          "data.side=64",
          "data.train=64",
          "data.val=24",
          "data.classes=3",
          "augmentation.crop=64",
          "optimiser.rate=0.05",
          "engine.device=cpu");

  private static final SegmentationDataset DATA = Run.dataOf(RUN);

  @TempDir private Path temp;

  private static AffinityConfig config(int epochs) {
    return new AffinityConfig(
        Optional.empty(),
        RUN.network().backbone(),
        List.of(16, 16, 32),
        4,
        4,
        32,
        DenseCrfConfig.of(CrfPreset.CAM),
        RUN.augmentation(),
        RUN.optimiser(),
        new SupervisedConfig(epochs, 8, 0, 1, OnBadImage.FAIL, 1e4, 1),
        new RandomWalkConfig(5, 8, 4, 4));
  }

  /**
   * A round blot in the middle of each object, as coarse maps are: it knows where the object is and
   * how large, and nothing of its shape.
   */
  private static PictureMaps blots(Example example, IndexMask truth) {
    int width = truth.width();
    int pixels = width * truth.height();
    float[] sums = new float[example.labels().cardinality() * pixels];
    int plane = 0;
    for (int k : example.labels().stream().toArray()) {
      double area = 0;
      double x = 0;
      double y = 0;
      for (int p = 0; p < pixels; p++) {
        if (truth.indices()[p] == k + 1) {
          area++;
          x += p % width;
          y += p / width;
        }
      }
      for (int p = 0; p < pixels && area > 0; p++) {
        double dx = p % width - x / area;
        double dy = p / width - y / area;
        sums[plane * pixels + p] = (float) Math.exp(-2.5 * (dx * dx + dy * dy) / area);
      }
      plane++;
    }
    return PictureMaps.of(example, new float[3], width, truth.height(), sums);
  }

  private static PictureMaps maps(Example example) throws BadImageException {
    return blots(example, DATA.mask(example).orElseThrow());
  }

  private static MaskSource labels(AffinityTraining training) throws BadImageException {
    Map<String, IndexMask> made = new HashMap<>();
    for (Example example : DATA.examples("train")) {
      made.put(example.id(), training.labels().of(DATA.image(example), maps(example)));
    }
    return example -> made.get(example.id());
  }

  private static ClassScores scores(PictureMaps maps, double alpha) {
    return new BackgroundRule.Power(alpha)
        .beside(maps.width(), maps.height(), maps.present(), maps.scores());
  }

  private Progress train(AffinityConfig config, Path folder, RunListener listener)
      throws BadImageException {
    AffinityTraining training = new AffinityTraining("walk", config, RUN.engine());
    return training.train(folder, DATA, DATA.examples("train"), labels(training), listener);
  }

  private static double miou(UnaryOperator<ClassScores> refiner, double alpha)
      throws BadImageException {
    Confusion confusion = new Confusion(3);
    for (Example example : DATA.examples("val")) {
      IndexMask mask = refiner.apply(scores(maps(example), alpha)).labels();
      confusion.add(example.id(), DATA.mask(example).orElseThrow(), mask);
    }
    return confusion.miou();
  }

  /** On pictures that were not learned, against the best background that the maps have. */
  @Test
  void theWalkRaisesTheScoreOfCoarseMaps() throws BadImageException {
    List<Double> losses = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void epoch(EpochReport report) {
            losses.add(report.means().getOrDefault("total", Double.NaN));
          }
        };
    train(config(10), temp, listener);
    assertThat(losses.get(9)).isLessThan(0.8 * losses.get(0));

    double best = 0;
    for (double alpha : new double[] {1, 2, 4, 8, 16, 32}) {
      best = Math.max(best, miou(UnaryOperator.identity(), alpha));
    }
    Confusion walked = new Confusion(3);
    try (AffinityRefiner refiner =
        new AffinityTraining("walk", config(10), RUN.engine()).refiner(temp, 64)) {
      for (Example example : DATA.examples("val")) {
        ClassScores refined =
            refiner.refine(DATA.image(example), scores(maps(example), 4), example.id());
        walked.add(example.id(), DATA.mask(example).orElseThrow(), refined.labels());
      }
    }
    assertThat(walked.miou()).isGreaterThan(best + 0.04);
    assertThat(walked.miou()).isGreaterThan(miou(UnaryOperator.identity(), 4) + 0.08);
  }

  @Test
  void aTrainingThatWasKilledEndsWithTheSameNetwork() throws BadImageException {
    train(config(2), temp.resolve("unbroken"), RunListener.SILENT);
    RunListener killing =
        new RunListener() {
          @Override
          public void epoch(EpochReport report) {
            throw new IllegalStateException("killed");
          }
        };
    Path folder = temp.resolve("killed");
    assertThatThrownBy(() -> train(config(2), folder, killing)).hasMessage("killed");
    assertThat(train(config(2), folder, RunListener.SILENT).epoch()).isEqualTo(2);

    String network = "checkpoints/last/network.safetensors";
    assertThat(folder.resolve(network))
        .hasSameBinaryContentAs(temp.resolve("unbroken").resolve(network));
  }

  @Test
  void threadsThatShareARefinerGetWhatOneGets() throws Exception {
    train(config(1), temp, RunListener.SILENT);
    try (AffinityRefiner refiner =
        new AffinityTraining("walk", config(1), RUN.engine()).refiner(temp, 64)) {
      List<Example> examples = DATA.examples("val").subList(0, 8);
      List<float[]> alone = new ArrayList<>();
      for (Example example : examples) {
        alone.add(refined(refiner, example));
      }
      ExecutorService threads = Executors.newFixedThreadPool(3);
      try {
        List<Future<float[]>> together = new ArrayList<>();
        for (Example example : examples) {
          together.add(threads.submit(() -> refined(refiner, example)));
        }
        for (int i = 0; i < alone.size(); i++) {
          assertThat(together.get(i).get()).containsExactly(alone.get(i));
        }
      } finally {
        threads.shutdown();
      }
    }
  }

  private static float[] refined(AffinityRefiner refiner, Example example)
      throws BadImageException {
    return refiner.refine(DATA.image(example), scores(maps(example), 4), example.id()).planes();
  }

  @Test
  void aPictureSmallerThanTheNetworkTakesIsEnlarged() throws BadImageException {
    train(config(1), temp, RunListener.SILENT);
    try (AffinityRefiner refiner =
        new AffinityTraining("walk", config(1), RUN.engine()).refiner(temp, 64)) {
      RgbImage tiny = new RgbImage(3, 2, new byte[18]);
      ClassScores scores = new ClassScores(3, 2, new int[] {1}, new float[12]);
      assertThat(refiner.refine(tiny, scores, "a").planes()).hasSize(12);
    }
  }

  @Test
  void aLargePictureIsSeenScaledDown() throws BadImageException {
    train(config(1), temp, RunListener.SILENT);
    RgbImage large = new RgbImage(200, 100, new byte[60_000]);
    try (AffinityRefiner refiner =
        new AffinityTraining("walk", config(1), RUN.engine()).refiner(temp, 64)) {
      AffinityGrid whole = refiner.features(new RgbImage(64, 32, new byte[6144]));
      assertThat(refiner.features(large).width()).isEqualTo(whole.width());
      assertThat(refiner.features(large).height()).isEqualTo(whole.height());
      ClassScores scores = new ClassScores(200, 100, new int[] {1}, new float[40_000]);
      assertThat(refiner.refine(large, scores, "a").planes()).hasSize(40_000);
    }
  }

  @Test
  void aFolderWithoutATrainedNetworkIsRefused() {
    AffinityTraining training = new AffinityTraining("walk", config(1), RUN.engine());
    assertThatThrownBy(() -> training.refiner(temp, 64))
        .isInstanceOf(TrainingException.class)
        .hasMessage("there is no checkpoint of a run in " + temp);
  }
}
