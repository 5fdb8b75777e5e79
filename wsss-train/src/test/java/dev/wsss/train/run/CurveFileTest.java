package dev.wsss.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurveFileTest {
  @TempDir private Path folder;

  @Test
  void holdsTheMeanAndEveryClassThatOccurs() throws IOException {
    List<Double> perClass = List.of(1.0, Double.NaN, 0.5);
    List<Score> points = List.of(new Score("miou", Score.EVERY, 0.07, 0.75, perClass));
    new CurveFile(new ClassNames(List.of("cat", "dog, big")), Map.of("cam-miou", points))
        .write(folder);
    assertThat(folder.resolve("curves.csv"))
        .hasContent(
            """
            metric,name,threshold,class,value
            cam-miou,miou,0.07000,mean,0.75000
            cam-miou,miou,0.07000,background,1.00000
            cam-miou,miou,0.07000,"dog, big",0.50000
            """);
  }

  @Test
  void isNotThereWhereNoMetricHasACurve() throws IOException {
    new CurveFile(new ClassNames(List.of("cat")), Map.of()).write(folder);
    assertThat(folder.resolve("curves.csv")).doesNotExist();
  }
}
