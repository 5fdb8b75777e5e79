package dev.wsss.train.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program without a command: says what there is. */
@Command(
    name = "wsss",
    description = "Pixel masks from photographs with image-level labels.",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0  all went well",
      "  1  unexpected error",
      "  2  wrong command line, configuration, weights or module",
      "  3  the data set cannot be used",
      "  4  training failed; with ablate: at least one cell failed, the others have finished;",
      "     with predict: at least one picture was left out, the others have masks",
      "",
      "Start with: wsss ablate quickstart --out runs/quickstart"
    })
final class WsssCommand {

  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "Show this text.")
  @SuppressWarnings("unused") // acted on by picocli
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  @SuppressWarnings("unused") // acted on by picocli
  private boolean version;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  private boolean debug;

  boolean debug() {
    return debug;
  }
}
