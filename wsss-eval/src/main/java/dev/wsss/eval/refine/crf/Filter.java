package dev.wsss.eval.refine.crf;

/**
 * From splat to slice: adds up what strips have splatted and blurs it along one axis after the
 * other, for several lattices at once, so that threads meet as seldom as possible.
 */
final class Filter {
  private final Lattice[] lattices;
  private final Team.Phase collect;
  private final Team.Phase[] blurs;

  /**
   * @param planes C
   * @param lattices open for that many planes
   */
  Filter(int planes, Lattice... lattices) {
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
    int axes = 0;
    for (Lattice lattice : lattices) {
      axes = Math.max(axes, lattice.axes());
    }
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
      for (Lattice lattice : lattices) {
        if (axis < lattice.axes()) {
          lattice.swap();
        }
      }
    }
  }

  private int parts(int axis) {
    int parts = 0;
    for (Lattice lattice : lattices) {
      parts += axis < lattice.axes() ? lattice.parts() : 0;
    }
    return parts;
  }
}
