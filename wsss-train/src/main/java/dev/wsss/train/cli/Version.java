package dev.wsss.train.cli;

import dev.wsss.train.provenance.ProgramVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {
      "wsss " + ProgramVersion.text(), "Java " + System.getProperty("java.version"),
    };
  }
}
