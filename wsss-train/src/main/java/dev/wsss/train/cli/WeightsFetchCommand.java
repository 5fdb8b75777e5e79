package dev.wsss.train.cli;

import dev.wsss.train.progress.Terminal;
import dev.wsss.train.weights.Catalogue;
import dev.wsss.train.weights.Download;
import dev.wsss.train.weights.PublishedWeights;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wsss weights fetch}: weights from where they were published. */
@Command(
    name = "fetch",
    description = {
      "Download weights from where they were published, and check their SHA-256.",
      "A download that was cut goes on where it stopped. HTTPS_PROXY, HTTP_PROXY and NO_PROXY are"
          + " honoured; with WSSS_OFFLINE=true nothing is downloaded."
    })
final class WeightsFetchCommand implements Callable<Integer> {
  private final Program program;
  private final Supplier<Catalogue> catalogue;
  private final Download download;

  @Parameters(index = "0", paramLabel = "NAME", description = "One that wsss weights list shows.")
  private String name = "";

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Where to write; default: the name it was published under, in this folder.")
  private @Nullable Path out;

  WeightsFetchCommand(Program program, Supplier<Catalogue> catalogue, Download download) {
    this.program = program;
    this.catalogue = catalogue;
    this.download = download;
  }

  @Override
  public Integer call() {
    PublishedWeights weights = catalogue.get().find(name);
    Path target = out == null ? Path.of(weights.fileName()) : out;
    Terminal terminal = program.terminal();
    boolean watched = terminal.kind() == Terminal.Kind.INTERACTIVE;
    String sum =
        download.fetch(
            weights,
            target,
            (bytes, total) -> {
              if (watched) {
                terminal.status("%s: %d of %s MB".formatted(name, bytes >> 20, megabytes(total)));
              }
            });
    terminal.clear();
    terminal.line("SHA-256 " + sum);
    terminal.line("the weights are in " + target);
    terminal.result("-o network.backbone.type=" + name + " " + weights.options(target));
    return ExitCode.OK.code();
  }

  private static String megabytes(long total) {
    return total < 0 ? "unknown" : String.valueOf(total >> 20);
  }
}
