package dev.wsss.train.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.tensor.CpuInfo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProcessorTest {

  private static Processor of(String cpuinfo) {
    return Processor.of(new CpuInfo(cpuinfo.lines().toList(), Optional.empty()));
  }

  @Test
  void theWidestInstructionsAreNamed() {
    assertThat(
            of(
                """
                processor\t: 0
                model name\t: AMD EPYC
                flags\t\t: fpu sse4_2 avx avx2 avx512f avx512dq

                processor\t: 1
                model name\t: another
                """))
        .isEqualTo(new Processor("AMD EPYC", "AVX-512"));
    assertThat(of("model name : Old\nflags : fpu sse4_2 avx avx2\n").instructions())
        .isEqualTo("AVX2");
    assertThat(of("Features : fp asimd\n")).isEqualTo(new Processor("", "NEON"));
  }

  @Test
  void whatTheTensorLibraryIsHeldToIsSaid() {
    assertThat(Processor.of(new CpuInfo(List.of("flags : avx2 avx512f"), Optional.of("AVX2"))))
        .isEqualTo(new Processor("", "AVX-512, ONEDNN_MAX_CPU_ISA=AVX2"));
    assertThat(Processor.of(new CpuInfo(List.of("flags : avx2 avx512f"), Optional.of(""))))
        .isEqualTo(new Processor("", "AVX-512"));
  }

  @Test
  void aSystemThatSaysNothingIsNoError() {
    assertThat(of("")).isEqualTo(new Processor("", ""));
  }
}
