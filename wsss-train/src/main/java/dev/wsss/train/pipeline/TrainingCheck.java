package dev.wsss.train.pipeline;

import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.config.fromdata.Advice;
import dev.wsss.train.run.EmptyMaps;
import dev.wsss.train.run.LearningCheck;
import dev.wsss.train.run.LearningFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether the network that maps come from has learned something, by what the stages so far
 * have left: the loss of each training, then {@link LabelFacts} of the stage seeds. None of it
 * needs masks.
 *
 * @param run with its first training, if it has one
 */
record TrainingCheck(ResolvedRun run, PipelinePictures pictures) {
  /** Empty where something was learned, and while no training is finished. */
  Optional<LearningFailure> check(Made made) throws IOException {
    Optional<LearningFailure> first = ofFirst(made);
    Optional<Path> training = made.find(TrainStage.NAME);
    if (training.isEmpty()) {
      return first;
    }
    boolean isLearnedBefore = made.find(TrainStage.FIRST).isPresent() && first.isEmpty();
    LearningCheck check = new LearningCheck(run.config(), pictures.data());
    List<String> signs = new ArrayList<>(check.ofTraining(training.get(), isLearnedBefore));
    Optional<Path> seeds = made.find(SeedStage.NAME);
    if (seeds.isPresent()) {
      signs.addAll(ofMaps(check, seeds.get()));
    }
    // What starts from networks that have learned nothing is not to blame.
    return check.failure(signs, first.isPresent() ? adviceForFirst() : adviceForOwn());
  }

  private Optional<LearningFailure> ofFirst(Made made) {
    return made.find(TrainStage.FIRST)
        .flatMap(
            folder -> {
              var config = run.first().orElseThrow().config();
              LearningCheck check = new LearningCheck(config, pictures.data());
              return check.failure(check.ofTraining(folder, false), adviceForFirst());
            });
  }

  private List<String> ofMaps(LearningCheck check, Path seeds) throws IOException {
    String split = pictures.split();
    LabelFacts facts = LabelFacts.read(seeds);
    return check.ofMaps(
        pictures.reported().getOrDefault(split, List.of()),
        Optional.ofNullable(facts.precision().get(split)),
        facts.empty().getOrDefault(split, new EmptyMaps()));
  }

  private Advice adviceForFirst() {
    return Advice.first(everyValue(run.first().orElseThrow()), run.tree());
  }

  private Advice adviceForOwn() {
    ConfigTree own = everyValue(run);
    return run.first()
        .map(first -> Advice.second(everyValue(first), own))
        .orElseGet(() -> Advice.alone(own));
  }

  private static ConfigTree everyValue(ResolvedRun run) {
    return ConfigTree.parse(run.describe(), "the configuration");
  }
}
