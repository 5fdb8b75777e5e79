package dev.wsss.train.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ThreadSettingsTest {
  @Test
  void theDefaultsAreFine() {
    assertThat(ThreadSettings.warning(Map.of(), 2)).isEmpty();
    assertThat(ThreadSettings.warning(Map.of("OMP_NUM_THREADS", "2"), 2)).isEmpty();
    assertThat(ThreadSettings.warning(Map.of("OMP_WAIT_POLICY", "active"), 2)).isEmpty();
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
  void sleepingHurts() {
    assertThat(ThreadSettings.warning(Map.of("OMP_WAIT_POLICY", "PASSIVE"), 2))
        .contains(
            "OMP_WAIT_POLICY is passive: threads sleep between operations, which costs a tenth to a"
                + " quarter of the speed where nothing else runs; unset it, they sleep anyway while"
                + " the machine is shared");
    assertThat(
            ThreadSettings.warning(
                Map.of("OMP_WAIT_POLICY", "passive", "GOMP_SPINCOUNT", "1000"), 2))
        .isEmpty();
  }
}
