package dev.wsss.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModuleStatesTest {

  @Test
  void everyBitComesBack() throws IOException {
    float[] odd = {
      Float.NaN, Float.intBitsToFloat(0x7fc12345), Float.NEGATIVE_INFINITY, -0f, Float.MIN_VALUE
    };
    var states = ModuleStates.parse(ModuleStates.toJson(Map.of("rcm", Map.of("odd", odd))));
    float[] back = states.get("rcm").get("odd");
    assertThat(back).hasSize(odd.length);
    for (int i = 0; i < odd.length; i++) {
      assertThat(Float.floatToRawIntBits(back[i])).isEqualTo(Float.floatToRawIntBits(odd[i]));
    }
  }

  @Test
  void aSlotWithoutNumbersIsNotALostOne() throws IOException {
    assertThat(ModuleStates.parse(ModuleStates.toJson(Map.of("rcm", Map.of()))))
        .containsExactly(Map.entry("rcm", Map.of()));
  }

  @Test
  void theOrderOfTheModulesMapChangesNothing() {
    Map<String, float[]> one = new LinkedHashMap<>();
    one.put("counts", new float[] {1});
    one.put("prototypes", new float[] {0.5f, 2});
    Map<String, float[]> other = new LinkedHashMap<>();
    other.put("prototypes", new float[] {0.5f, 2});
    other.put("counts", new float[] {1});

    assertThat(ModuleStates.toJson(Map.of("rcm", one)))
        .isEqualTo(ModuleStates.toJson(Map.of("rcm", other)))
        .isEqualTo(
            """
            {
              "rcm": {
                "counts": "AACAPw==",
                "prototypes": "AAAAPwAAAEA="
              }
            }
            """);
  }

  @Test
  void namesValuesThatAreNoFloats() {
    assertThatThrownBy(() -> ModuleStates.parse("{\"rcm\": {\"counts\": \"AAA=\"}}"))
        .isInstanceOf(IOException.class)
        .hasMessage("'counts' of rcm cannot be read: 2 bytes are no whole float32 values");
  }
}
