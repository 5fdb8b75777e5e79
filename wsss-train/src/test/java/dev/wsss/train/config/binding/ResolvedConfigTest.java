package dev.wsss.train.config.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.train.config.binding.Sample.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolvedConfigTest {

  private static final String YAML =
      """
      data: {type: folder, root: pictures}
      self-supervision:
        rcm: {weight: 2, temperature: 1e-3}
        extra: {type: mam}
        gone: null
      optimiser:
        rate: 0.003
        schedule: half-cosine
      note: "yes: it's # one"
      teachers: {copy: null}
      axes: {rcm: {off: {self-supervision: {rcm: null}}}}
      """;

  @Test
  void everyLineSaysWhereItsValueWasWritten() {
    ConfigTree tree = ConfigTree.parse(YAML, "run.yaml").override("optimiser.seed=7");
    Run run = Sample.loader().bind(tree, Run.class);
    String root = Path.of("pictures").toAbsolutePath().toString();

    assertThat(ResolvedConfig.describe(tree, run).replace(root, "ROOT").replaceAll(" +#", " #"))
        .isEqualTo(
            """
            data: # run.yaml:1:7
              type: folder # run.yaml:1:14
              root: ROOT # run.yaml:1:28
              share: 1.0 # default
            self-supervision: # run.yaml:3:3
              rcm: # run.yaml:3:8
                weight: 2.0 # run.yaml:3:17
                type: rcm # default
                temperature: 0.001 # run.yaml:3:33
                threshold: 5e-4 # default
              extra: # run.yaml:4:10
                weight: 1.0 # default
                type: mam # run.yaml:4:17
                scale: 0.5 # default
              gone: null # run.yaml:5:9
            teacher: # default
              type: ema # default
              decay: 0.997 # default
            optimiser: # run.yaml:7:3
              rate: 0.003 # run.yaml:7:9
              momentum: 0.9 # default
              schedule: half-cosine # run.yaml:8:13
              warm-up-steps: 0 # default
              seed: 7 # -o optimiser.seed=7
              bias-decay: false # default
            scales: [0.5, 1.0] # default
            note: "yes: it's # one" # run.yaml:9:7
            teachers: # run.yaml:10:11
              ema: # default
                type: ema # default
                decay: 0.997 # default
              copy: null # run.yaml:10:18
            axes: # run.yaml:11:7
              rcm: # run.yaml:11:13
                off: # run.yaml:11:19
                  self-supervision: # run.yaml:11:38
                    rcm: null # run.yaml:11:44
            """);
  }

  @Test
  void loadedFromElsewhereItBindsToAnEqualRecord(@TempDir Path elsewhere) throws Exception {
    ConfigTree tree = ConfigTree.parse(YAML, "run.yaml");
    Run run = Sample.loader().bind(tree, Run.class);
    String text = ResolvedConfig.describe(tree, run);
    Path file = Files.writeString(elsewhere.resolve("config.resolved.yaml"), text);

    ConfigTree again = Sample.loader().load(file, List.of());
    assertThat(Sample.loader().bind(again, Run.class)).isEqualTo(run);
    String withoutComments =
        Pattern.compile("  # \\S+$", Pattern.MULTILINE).matcher(text).replaceAll("");
    assertThat(withoutComments).doesNotContain("# default").contains("it's # one");
    assertThat(Sample.bind(withoutComments)).isEqualTo(run);
  }
}
