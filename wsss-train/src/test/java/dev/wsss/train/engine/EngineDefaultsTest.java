package dev.wsss.train.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.train.SmallRuns;
import dev.wsss.train.wiring.WiredRun;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class EngineDefaultsTest {
  private static final String OFFLINE = "ai.djl.offline";

  @Test
  void nothingIsSentAndNothingIsLookedUp() {
    assertThat(EngineDefaults.missing(Map.of(), new Properties()))
        .isEqualTo(Map.of("OPT_OUT_TRACKING", "true", OFFLINE, "true"));
  }

  @Test
  void whatTheUserHasDecidedStays() {
    Properties properties = new Properties();
    properties.setProperty("OPT_OUT_TRACKING", "false");
    properties.setProperty("offline", "false");

    assertThat(EngineDefaults.missing(Map.of(), properties)).isEmpty();
    assertThat(
            EngineDefaults.missing(
                Map.of("OPT_OUT_TRACKING", "false", "DJL_OFFLINE", "false"), new Properties()))
        .isEmpty();
  }

  @Test
  void aRunThatIsWiredFromJavaSetsThem() {
    String before = System.getProperty(OFFLINE);
    System.clearProperty(OFFLINE);
    try {
      WiredRun.dataOf(SmallRuns.config());
      assertThat(System.getProperty(OFFLINE)).isEqualTo("true");
    } finally {
      if (before != null) {
        System.setProperty(OFFLINE, before);
      }
    }
  }
}
