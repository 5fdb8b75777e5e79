package dev.wsss.backbones.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WideVectorsTest {
  private static final String WIDE = "processor : 0\nflags\t\t: fpu avx2 avx512f avx512dq\n";
  private static final String NARROW = "processor : 0\nflags\t\t: fpu avx2 avx_vnni\n";

  @Test
  void theProcessorMustHaveThem() {
    assertThat(WideVectors.areUsed(WIDE, Optional.empty())).isTrue();
    assertThat(WideVectors.areUsed(NARROW, Optional.empty())).isFalse();
    assertThat(WideVectors.areUsed("", Optional.empty())).isFalse();
  }

  @Test
  void oneDnnsLimitCounts() {
    assertThat(WideVectors.areUsed(WIDE, Optional.of("avx2"))).isFalse();
    assertThat(WideVectors.areUsed(WIDE, Optional.of("SSE41"))).isFalse();
    assertThat(WideVectors.areUsed(WIDE, Optional.of("avx512_core"))).isTrue();
    assertThat(WideVectors.areUsed(WIDE, Optional.of("ALL"))).isTrue();
  }
}
