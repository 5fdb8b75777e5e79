package dev.wsss.api.supervision;

import java.util.List;

/**
 * Which passes a module looks at.
 *
 * @param studentScales factors of the input size at which the student is run, with gradients
 * @param teacherScales factors at which the teacher is run, without; empty where the student
 *     supervises itself
 * @param coupling whether the student's scales must be in one graph
 */
public record Needs(List<Double> studentScales, List<Double> teacherScales, Coupling coupling) {

  /** How a module's loss depends on the student's scales. */
  public enum Coupling {
    /** The loss is a sum over scales; each may be run and differentiated by itself. */
    INDEPENDENT,
    /** All scales are given in one view, in one graph: dearer in memory, always right. */
    JOINT
  }

  public Needs {
    studentScales = List.copyOf(studentScales);
    teacherScales = List.copyOf(teacherScales);
  }
}
