package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ThreadSettingsTest {
  private static final Map<String, String> LAUNCHER =
      Map.of("OMP_WAIT_POLICY", "passive", "GOMP_SPINCOUNT", "1000");

  @Test
  void theLaunchersOwnAreFine() {
    assertThat(ThreadSettings.warning(LAUNCHER, 2)).isEmpty();
    assertThat(ThreadSettings.warning(Map.of("OMP_WAIT_POLICY", "PASSIVE"), 2)).isEmpty();
    assertThat(
            ThreadSettings.warning(Map.of("OMP_NUM_THREADS", "2", "OMP_WAIT_POLICY", "passive"), 2))
        .isEmpty();
  }

  @Test
  void moreThreadsThanCoresHurt() {
    assertThat(ThreadSettings.warning(Map.of("OMP_NUM_THREADS", "8"), 2))
        .contains(
            "OMP_NUM_THREADS is 8 on 2 cores: threads wait for each other; unset it for one a core");
  }

  @Test
  void boundThreadsHurt() {
    assertThat(ThreadSettings.warning(Map.of("OMP_PROC_BIND", "TRUE"), 2))
        .contains("OMP_PROC_BIND is true: two processes would be tied to the same cores; unset it");
  }

  @Test
  void spinningHurts() {
    String spinning =
        "idle threads spin for long (OMP_WAIT_POLICY, GOMP_SPINCOUNT), so two busy processes slow"
            + " each other many times over; start with OMP_WAIT_POLICY=passive GOMP_SPINCOUNT=1000";
    assertThat(ThreadSettings.warning(Map.of(), 2)).contains(spinning);
    assertThat(ThreadSettings.warning(Map.of("OMP_WAIT_POLICY", "active"), 2)).contains(spinning);
    assertThat(ThreadSettings.warning(Map.of("GOMP_SPINCOUNT", "10000000"), 2)).contains(spinning);
    assertThat(ThreadSettings.warning(Map.of("GOMP_SPINCOUNT", "infinity"), 2)).contains(spinning);
    assertThat(
            ThreadSettings.warning(
                Map.of("OMP_WAIT_POLICY", "active", "GOMP_SPINCOUNT", "1000"), 2))
        .isEmpty();
  }
}
