package dev.wsss.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardEventsTest {
  @TempDir Path temp;

  /** Bytes worked out by hand from the two formats; the CRCs agree with TensorFlow's masking. */
  @Test
  void writesRecordsThatTensorBoardReads() throws IOException {
    Clock clock = Clock.fixed(Instant.ofEpochSecond(1), ZoneOffset.UTC);
    new TensorBoardEvents(temp, clock).add(300, Map.of("a", 1.5));

    byte[] bytes = Files.readAllBytes(temp.resolve("events.out.tfevents.1000.wsss"));
    String hex = HexFormat.of().formatHex(bytes);
    String version =
        "1a00000000000000" // 26 bytes
            + hex.substring(16, 24)
            + "09000000000000f03f" // wall_time 1.0
            + "1000" // step 0
            + "1a0d" // file_version, 13 bytes
            + HexFormat.of()
                .formatHex("brain.Event:2".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(hex).startsWith(version);
    assertThat(hex)
        .contains(
            "09000000000000f03f" // wall_time 1.0
                + "10ac02" // step 300
                + "2a0a" // summary, 10 bytes
                + "0a08" // value, 8 bytes
                + "0a0161" // tag "a"
                + "150000c03f"); // simple_value 1.5
  }
}
