package dev.wsss.eval.refine.crf;

import java.util.List;

/**
 * From splat to slice: adds up what strips have splatted and blurs it along one axis after the
 * other, for several lattices at once, so that threads meet as seldom as possible.
 */
final class Filter {
  private final List<Lattice> lattices;
  private final Team.Phase collect;
  private final Team.Phase[] blurs;

  /**
   * @param lattices open for that many planes
   */
  Filter(List<Lattice> lattices, int planes) {
    this.lattices = lattices;
    this.collect =
        (part, lane) -> {
          int own = part;
          for (Lattice lattice : lattices) {
            if (own >= 0 && own < lattice.parts()) {
              lattice.collect(own, planes);
            }
            own -= lattice.parts();
          }
        };
    int axes = lattices.stream().mapToInt(Lattice::axes).max().orElse(0);
    this.blurs = new Team.Phase[axes];
    for (int axis = 0; axis < axes; axis++) {
      blurs[axis] = blur(axis, planes);
    }
  }

  private Team.Phase blur(int axis, int planes) {
    return (part, lane) -> {
      int own = part;
      for (Lattice lattice : lattices) {
        if (axis < lattice.axes()) {
          if (own >= 0 && own < lattice.parts()) {
            lattice.blur(own, axis, planes);
          }
          own -= lattice.parts();
        }
      }
    };
  }

  void run(Team team) {
    team.run(collect, parts(0));
    for (int axis = 0; axis < blurs.length; axis++) {
      team.run(blurs[axis], parts(axis));
      for (int i = 0; i < lattices.size(); i++) {
        if (axis < lattices.get(i).axes()) {
          lattices.get(i).swap();
        }
      }
    }
  }

  private int parts(int axis) {
    int parts = 0;
    for (int i = 0; i < lattices.size(); i++) {
      parts += axis < lattices.get(i).axes() ? lattices.get(i).parts() : 0;
    }
    return parts;
  }
}
