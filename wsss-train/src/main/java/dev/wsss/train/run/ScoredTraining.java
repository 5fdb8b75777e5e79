package dev.wsss.train.run;

import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.listener.RunView;
import dev.wsss.api.metric.Score;
import dev.wsss.train.checkpoint.MetricsFile;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.ScoringConfig;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.config.fromdata.Advice;
import dev.wsss.train.provenance.PeakMemory;
import dev.wsss.train.wiring.WiredRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From where training stands to the scores and the report, all written to the run's folder. */
final class ScoredTraining {
  private static final Logger LOG = LoggerFactory.getLogger(ScoredTraining.class);

  private final ResolvedRun run;
  private final Path folder;
  private final WiredRun wired;
  private final RunModel model;

  ScoredTraining(ResolvedRun run, Path folder, WiredRun wired, RunModel model) {
    this.run = run;
    this.folder = folder;
    this.wired = wired;
    this.model = model;
  }

  /**
   * Trains and scores.
   *
   * @param split to score; where it is not the configured one, all its pictures get masks
   */
  RunResult run(String split, RunListener listener) throws IOException {
    Scoring scoring = model.scoring();
    RunView view = new WiredView(wired, folder, scoring.pictures(split), model::predict);
    Training.Trained trained = new Training(run.config(), wired).run(view, listener);
    ScoringConfig config = run.config().scoring();
    SegmentationDataset data = wired.data();
    SplitMaps maps =
        split.equals(config.split())
            ? SplitMaps.first(config.maps(), data, folder)
            : SplitMaps.all(split, data, folder);
    Scoring.Scored scored =
        new Labelling(scoring, data).label(split, maps, OptionalDouble.empty(), scoredTo(listener));
    scored.curves().write(folder);
    scored.pictures().write(folder);
    RunResult result =
        new RunResult(
            split,
            scored.scores(),
            scored.masks(),
            scored.labels(),
            scored.pictureSide(),
            trained.badImages(),
            scored.badPictures(),
            trained.seconds() + scored.seconds(),
            failure(split, scored));
    ResultFile.of(folder).write(result, data.classes()); // it says that the run is finished
    writeReport(result, trained, scored);
    wired.listeners().finished(result.scores());
    listener.finished(result.scores());
    return result;
  }

  private Optional<LearningFailure> failure(String split, Scoring.Scored scored) {
    LearningCheck check = new LearningCheck(run.config(), wired.data());
    List<String> signs = new ArrayList<>(check.ofTraining(folder, false));
    Optional<Score> map =
        scored.scores().values().stream()
            .flatMap(List::stream)
            .filter(score -> score.name().equals("map"))
            .findFirst();
    signs.addAll(check.ofMaps(wired.data().examples(split), map, scored.emptyMaps()));
    return check.failure(
        signs, Advice.alone(ConfigTree.parse(run.describe(), "the configuration")));
  }

  private RunListener scoredTo(RunListener listener) {
    return new RunListener() {
      @Override
      public void scored(int pictures, int of) {
        wired.listeners().scored(pictures, of);
        listener.scored(pictures, of);
      }
    };
  }

  /** The run is finished, with or without its report. */
  private void writeReport(RunResult result, Training.Trained trained, Scoring.Scored scored) {
    try {
      RunCost cost =
          new RunCost(
              trained.seconds(),
              MetricsFile.mean(folder, MetricsFile.SPEED),
              scored.seconds(),
              scored.pictures().total(),
              PeakMemory.mebibytes());
      new HtmlReport(folder, wired.data()).write(result, scored, cost);
    } catch (IOException | RuntimeException e) {
      LOG.warn("report.html could not be written: {}", String.valueOf(e.getMessage()), e);
    }
  }
}
