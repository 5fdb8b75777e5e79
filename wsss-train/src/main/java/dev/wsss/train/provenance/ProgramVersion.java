package dev.wsss.train.provenance;

import java.util.Optional;

/** The version of this program, as its jar says. */
public final class ProgramVersion {
  private ProgramVersion() {}

  /** For example {@code 0.1.0}, or {@code of unpacked classes} where there is no jar. */
  public static String text() {
    return Optional.ofNullable(ProgramVersion.class.getPackage().getImplementationVersion())
        .orElse("of unpacked classes");
  }
}
