package dev.wsss.train.ablation;

import dev.wsss.api.config.Doc;
import dev.wsss.train.config.binding.ConfigTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an ablation's file holds besides a run's configuration. */
@Doc("An ablation: a run with these keys as well.")
public record AblationConfig(
    @Doc(
            "What is varied: axis, level, and the patch that the level lays over the configuration;"
                + " for example rcm: {off: {self-supervision: {rcm: null}}, on: {}}.")
        Map<String, Map<String, ConfigTree>> axes,
    @Doc("Every cell runs once with each of these as training.seed.") List<Long> seeds,
    @Doc(value = "Combinations of levels to leave out; all cells that match are.", byDefault = "[]")
        List<Map<String, String>> exclude,
    @Doc(
            value =
                "Names of cells, each with its level on every axis; others are called like"
                    + " 'rcm=on,mam=off'.",
            byDefault = "{}")
        Map<String, Map<String, String>> names,
    @Doc("Cell that the others are compared with; absent: 'baseline', else the first cell.")
        Optional<String> baseline) {

  /** The keys that a run's configuration does not have. */
  public static final List<String> KEYS = List.of("axes", "seeds", "exclude", "names", "baseline");
}
