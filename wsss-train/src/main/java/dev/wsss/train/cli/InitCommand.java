package dev.wsss.train.cli;

import dev.wsss.eval.data.FolderProposal;
import dev.wsss.eval.data.LookListener;
import dev.wsss.train.weights.Catalogue;
import dev.wsss.train.weights.PublishedWeights;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wsss init}: makes a folder of pictures one that can be learned from. */
@Command(
    name = "init",
    description = "Propose labels.csv and classes.txt for a folder of pictures, and check it.")
final class InitCommand implements Callable<Integer> {
  private final Program program;

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description =
          "Folder of pictures, with sub-folders or without; nothing in it is overwritten.")
  private Path folder = Path.of("");

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Pretrained weights to name in the command that is printed.")
  private @Nullable Path weights;

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress.")
  private boolean quiet;

  InitCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    LookListener listener =
        quiet ? LookListener.SILENT : new InitProgress(program.terminal(), System::nanoTime);
    FolderProposal proposal = FolderProposal.of(folder, listener);
    proposal.facts().forEach(program.terminal()::line);
    proposal.write();
    proposal.files().keySet().stream()
        .sorted()
        .forEach(file -> program.terminal().line("wrote " + folder.resolve(file)));
    if (proposal.isReady()) {
      program.terminal().result(command(proposal));
    }
    return ExitCode.OK.code();
  }

  private String command(FolderProposal proposal) {
    Path root = folder.toAbsolutePath().normalize();
    String name = String.valueOf(root.getFileName());
    return "./wsss run photographs-pipeline --out "
        + CommandText.quoted("runs/" + name)
        + (proposal.type().equals("folder") ? "" : " -o data.type=" + proposal.type())
        + " -o "
        + CommandText.quoted("data.root=" + root)
        + " "
        + (weights == null
            ? fetched()
            : "-o " + CommandText.quoted("network.backbone.weights=" + weights))
        + (proposal.hasUnlabelled() ? " -o data.unlabelled=keep" : "");
  }

  private static String fetched() {
    PublishedWeights usual = Catalogue.builtIn().find("mobilenet-v2");
    return usual.options(Path.of(usual.fileName()));
  }
}
