package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.config.ConfigException;
import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.network.WeightsException;
import dev.wsss.train.ablation.AblationException;
import dev.wsss.train.loop.TrainingException;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;

final class ExitCodeTest {

  @Test
  void theKindOfFailureDecides() {
    assertThat(ExitCode.of(new ConfigException(List.of("x")))).isEqualTo(ExitCode.USAGE);
    assertThat(ExitCode.of(new UsageException("x"))).isEqualTo(ExitCode.USAGE);
    assertThat(ExitCode.of(new WeightsException("x"))).isEqualTo(ExitCode.USAGE);
    assertThat(ExitCode.of(new AblationException(List.of("x")))).isEqualTo(ExitCode.USAGE);
    assertThat(ExitCode.of(new ServiceConfigurationError("x"))).isEqualTo(ExitCode.USAGE);
    assertThat(ExitCode.of(new DataException("x"))).isEqualTo(ExitCode.DATA);
    assertThat(ExitCode.of(new BadImageException("x"))).isEqualTo(ExitCode.DATA);
    assertThat(ExitCode.of(new TrainingException("x"))).isEqualTo(ExitCode.FAILED);
    assertThat(ExitCode.of(new IllegalStateException("x"))).isEqualTo(ExitCode.UNEXPECTED);
    assertThat(ExitCode.of(new OutOfMemoryError("x"))).isEqualTo(ExitCode.UNEXPECTED);
  }

  @Test
  void codesAreThoseThatTheHelpPromises() {
    assertThat(ExitCode.values()).extracting(ExitCode::code).containsExactly(0, 1, 2, 3, 4);
  }
}
