package dev.wsss.train.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.train.SmallRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class MaskLinkTest {
  @TempDir private Path temp;

  private PipelineResult run(PipelineRange range, String doubt) {
    return new Pipeline(
            SmallRuns.resolved("self-supervision=null", "pseudo-labels.doubt=" + doubt),
            temp.resolve("run"))
        .run(range, PipelineListener.SILENT);
  }

  @Test
  void followsTheMasksThatTheLastRunMadeOrKept() throws IOException {
    Path link = temp.resolve("run/masks");
    Path first = run(PipelineRange.ALL, "0").pseudoLabels().orElseThrow();
    assertThat(link).isSymbolicLink();
    assertThat(Files.readSymbolicLink(link)).isRelative();
    assertThat(link.toRealPath()).isEqualTo(first.toRealPath());

    Path second = run(PipelineRange.ALL, "0.1").pseudoLabels().orElseThrow();
    assertThat(second).isNotEqualTo(first);
    assertThat(link.toRealPath()).isEqualTo(second.toRealPath());

    PipelineRange seeds = new PipelineRange(Optional.empty(), Optional.of("seeds"));
    assertThat(run(seeds, "0.2").pseudoLabels()).isEmpty();
    assertThat(link).as("none of these settings").doesNotExist();
    assertThat(Files.isSymbolicLink(link)).isFalse();

    run(PipelineRange.ALL, "0");
    assertThat(link.toRealPath()).as("kept").isEqualTo(first.toRealPath());
    Path moved = Files.move(temp.resolve("run"), temp.resolve("moved"));
    assertThat(moved.resolve("masks").toRealPath()).isDirectory();
  }

  @Test
  void leavesAFolderOfThatNameAsItIs() throws IOException {
    Path own = Files.createDirectories(temp.resolve("masks"));
    MaskLink.write(temp, Optional.of(temp.resolve("stages/pseudo-labels/a/masks")));
    assertThat(own).isEmptyDirectory();
    MaskLink.write(temp, Optional.empty());
    assertThat(own).isEmptyDirectory();
  }
}
