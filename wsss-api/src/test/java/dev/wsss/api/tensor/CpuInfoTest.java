package dev.wsss.api.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuInfoTest {
  private static final String WIDE = "flags\t\t: fpu avx2 avx512f avx512dq";

  private static CpuInfo of(String lines, String limit) {
    return new CpuInfo(
        lines.lines().toList(), limit.isEmpty() ? Optional.empty() : Optional.of(limit));
  }

  @Test
  void theFirstProcessorCounts() {
    CpuInfo info =
        of("processor\t: 0\nmodel name\t: A: 1\nmodel name : B\nFeatures : fp fp sve\n", "");

    assertThat(info.value("model name")).isEqualTo("A: 1");
    assertThat(info.value("vendor_id")).isEmpty();
    assertThat(info.flags()).containsExactlyInAnyOrder("fp", "sve");
  }

  @ParameterizedTest
  @CsvSource({
    "avx512f,'',true",
    "avx512f,avx2,false",
    "avx512f,SSE41,false",
    "avx512f,avx512_core,true",
    "avx512f,ALL,true",
    "avx2 avx_vnni,'',false",
    "'','',false"
  })
  void convolutionsAreWideWhereProcessorAndLimitAllow(String flags, String limit, boolean wide) {
    assertThat(of("flags : fpu " + flags, limit).isWide()).isEqualTo(wide);
  }

  @ParameterizedTest
  @CsvSource({
    "avx512_bf16,'',true",
    "amx_bf16,'',true",
    "amx_bf16,AVX512_CORE_AMX,true",
    "amx_bf16,AVX512_CORE,false",
    "amx_bf16,AVX2,false",
    "avx512dq,'',false"
  })
  void bfloat16IsMultipliedWhereProcessorAndLimitAllow(String flag, String limit, boolean does) {
    assertThat(of(WIDE + " " + flag, limit).multipliesBfloat16()).isEqualTo(does);
  }
}
