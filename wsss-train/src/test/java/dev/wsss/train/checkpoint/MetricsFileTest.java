package dev.wsss.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.training.TrainingClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsFileTest {
  @TempDir Path folder;

  @Test
  void quotesNamesThatNeedItAndReadsThemBack() throws IOException {
    MetricsFile metrics = new MetricsFile(folder, 0);
    metrics.add(report(1, "slot/a, \"b\"\nc", 0.5));
    metrics.add(report(2, "slot/a, \"b\"\nc", 0.25));

    assertThat(Files.readAllLines(folder.resolve("metrics.csv")))
        .startsWith(
            "epoch,step,name,value",
            "1,10,\"slot/a, \"\"b\"\" c\",0.500000000",
            "1,10,images-per-second,8.00000000",
            "1,10,data-wait-share,0.100000000");
    assertThat(MetricsFile.read(folder))
        .containsEntry("slot/a, \"b\" c", List.of(0.5, 0.25))
        .containsEntry("images-per-second", List.of(8.0, 8.0));
  }

  @Test
  void linesWithoutACheckpointComeAgain() throws IOException {
    MetricsFile metrics = new MetricsFile(folder, 0);
    metrics.add(report(1, "total", 4));
    metrics.add(report(2, "total", 3));
    Path file = folder.resolve("metrics.csv");
    Files.writeString(file, Files.readString(file) + "3,30,\"tot");

    new MetricsFile(folder, 1);

    assertThat(MetricsFile.read(folder)).containsEntry("total", List.of(4.0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          1,10,total,4.0x   | a number as the last of epoch,step,name,value
          1,10,total,       | a number as the last of epoch,step,name,value
          1,10,tot          | four values, epoch,step,name,value
          1,10,total,4,5    | four values, epoch,step,name,value
          1,10,"total,4     | four values, epoch,step,name,value
          ~~                | four values, epoch,step,name,value
          """)
  void aDamagedLineIsNamed(String line, String expected) throws IOException {
    Path file = folder.resolve("metrics.csv");
    Files.writeString(file, "epoch,step,name,value\n1,10,rate,0.1\n" + line + "\n2,20,rate,0.1\n");

    assertThatThrownBy(() -> MetricsFile.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ", line 3: damaged; found '" + line + "', expected is " + expected);
  }

  @Test
  void aFileOfSomethingElseIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("metrics.csv"), "epoch,loss\n1,0.5\n");

    assertThatThrownBy(() -> MetricsFile.read(folder))
        .hasMessage(
            file + ", line 1: damaged; found 'epoch,loss', expected is epoch,step,name,value");
  }

  private static EpochReport report(int epoch, String name, double value) {
    Map<String, Double> means = new LinkedHashMap<>();
    means.put(name, value);
    return new EpochReport(new TrainingClock(epoch, 3, 10L * epoch, 30), means, 8, 0.1);
  }
}
