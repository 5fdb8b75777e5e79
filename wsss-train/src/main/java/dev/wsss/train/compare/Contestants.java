package dev.wsss.train.compare;

import dev.wsss.train.provenance.RunFolderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is compared: runs that differ in their seed alone are one contestant, whether they lie in
 * one folder that was named or were named one by one.
 */
final class Contestants {
  private final List<Contestant> all = new ArrayList<>();

  /**
   * One of them.
   *
   * @param place the folder that was named, or the first of several
   */
  record Contestant(Path place, List<FinishedRun> runs) {

    /** Folders that were named below a common one go by what tells them apart. */
    String name(int common) {
      Path name =
          common < place.getNameCount() ? place.subpath(common, place.getNameCount()) : place;
      return name.toString().replace('\\', '/');
    }
  }

  private Contestants() {}

  /**
   * Reads them in the order in which they are named.
   *
   * @throws RunFolderException if a folder cannot be compared
   */
  static Contestants read(List<Path> folders) {
    Contestants contestants = new Contestants();
    for (Path folder : folders) {
      Path place = folder.toAbsolutePath().normalize();
      if (FinishedRun.isRun(place)) {
        contestants.addRun(place);
      } else {
        contestants.addSeeds(place);
      }
    }
    if (contestants.all.size() < 2) {
      throw new RunFolderException(
          folders.size() < 2
              ? "one run cannot be compared; name two or more"
              : "the runs differ in nothing but their seeds, so there is nothing to compare");
    }
    return contestants;
  }

  List<Contestant> all() {
    return all;
  }

  /** How many leading parts all places share. */
  int common() {
    Path first = all.get(0).place();
    int common = 0;
    while (common < first.getNameCount() - 1 && isCommon(first, common)) {
      common++;
    }
    return common;
  }

  private boolean isCommon(Path first, int part) {
    return all.stream()
        .map(Contestant::place)
        .allMatch(
            place ->
                part < place.getNameCount() - 1 && place.getName(part).equals(first.getName(part)));
  }

  private void addRun(Path folder) {
    FinishedRun run = FinishedRun.read(folder);
    for (Contestant other : all) {
      if (run.withoutSeed().trainsLike(other.runs().get(0).withoutSeed())
          && run.withoutSeed().scoresLike(other.runs().get(0).withoutSeed())) {
        requireNew(run, other.runs());
        other.runs().add(run);
        return;
      }
    }
    all.add(new Contestant(folder, new ArrayList<>(List.of(run))));
  }

  private void addSeeds(Path folder) {
    List<FinishedRun> runs = new ArrayList<>();
    for (Path below : below(folder)) {
      FinishedRun run = FinishedRun.read(below);
      if (!runs.isEmpty()) {
        List<String> changes = run.withoutSeed().changesSince(runs.get(0).withoutSeed());
        if (!changes.isEmpty()) {
          throw new RunFolderException(
              "%s holds runs that differ in more than their seeds: from %s to %s, %s; name the runs that belong together"
                  .formatted(
                      folder,
                      runs.get(0).folder().getFileName(),
                      below.getFileName(),
                      String.join(", ", changes)));
        }
        requireNew(run, runs);
      }
      runs.add(run);
    }
    if (runs.isEmpty()) {
      throw new RunFolderException(
          folder
              + " is no run's folder and holds none; name a folder that train or run has written, or one"
              + " that holds such folders, as a cell of an ablation does");
    }
    all.add(new Contestant(folder, runs));
  }

  private static void requireNew(FinishedRun run, List<FinishedRun> before) {
    for (FinishedRun other : before) {
      if (other.seed() == run.seed()) {
        throw new RunFolderException(
            "%s and %s are the same run: settings, code, data and seed are equal"
                .formatted(other.folder(), run.folder()));
      }
    }
  }

  private static List<Path> below(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> content = Files.list(folder)) {
      return content.filter(FinishedRun::isRun).sorted().toList();
    } catch (IOException e) {
      throw new RunFolderException("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }
}
