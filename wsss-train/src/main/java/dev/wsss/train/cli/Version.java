package dev.wsss.train.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("of unpacked classes");
    return new String[] {
      "wsss " + version, "Java " + System.getProperty("java.version"),
    };
  }
}
