package dev.wsss.train.cli;

import dev.wsss.train.submission.VocSubmission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wsss submit}: masks as PASCAL VOC's server takes them. */
@Command(
    name = "submit",
    description = {
      "Check masks and pack them for the evaluation server of PASCAL VOC 2012.",
      "Writes results/VOC2012/Segmentation/comp6_test_cls in a tar.gz."
    })
final class SubmitCommand implements Callable<Integer> {
  private final Program program;

  @Option(
      names = "--voc",
      paramLabel = "DIR",
      required = true,
      description = "The folder VOC2012, with JPEGImages and ImageSets of the test data.")
  private Path voc = Path.of("");

  @Option(
      names = "--masks",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the masks, NAME.png of every picture, as wsss predict writes them.")
  private Path masks = Path.of("");

  @Option(
      names = "--list",
      paramLabel = "FILE",
      description = "A name a line; default: ImageSets/Segmentation/test.txt of --voc.")
  private @Nullable Path list;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The archive, for example results.tgz; a new file.")
  private Path out = Path.of("");

  SubmitCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() throws IOException {
    if (Files.exists(out)) {
      throw new UsageException(out + " exists; --out takes a new file, so that nothing is lost");
    }
    Path names = list;
    if (names == null) {
      names = voc.resolve("ImageSets/Segmentation/test.txt");
    }
    int packed = new VocSubmission(names, voc.resolve("JPEGImages"), masks).write(out);
    program.terminal().line(Counted.of(packed, "mask") + " are in " + out);
    return ExitCode.OK.code();
  }
}
