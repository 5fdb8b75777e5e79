package dev.wsss.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.listener.RunListener;
import dev.wsss.train.PictureFolder;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.config.ResolvedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in {@code report.html}; {@link ReportInBrowserTest} looks at it. */
class HtmlReportTest {
  @TempDir Path temp;

  @Test
  void holdsPicturesClassesCurvesScoresAndCostInOneFile() throws IOException {
    RunResult result = train(SmallRuns.resolved());
    String page = Files.readString(temp.resolve("run/report.html"));

    assertThat(page).contains("<h1>run</h1>\n<p class=\"lead\">").contains("mean IoU ");
    assertThat(headings(page))
        .containsExactly(
            "Nothing was learned", // in two epochs
            "Pictures",
            String.format(
                Locale.ROOT, "IoU by class, threshold %.2f (held-out)", result.masks().value()),
            "Curves",
            "Scores on split val",
            "Cost",
            "Where it comes from");
    assertThat(page.split("data:image/jpeg;base64,")).as("each once").hasSizeGreaterThan(6);
    assertThat(page.split("data:image/png;base64,"))
        .as("three views of each")
        .hasSize(3 * page.split("data:image/jpeg;base64,").length - 2);
    assertThat(page).contains("<figcaption>best: ").contains("<figcaption>worst: ");
    assertThat(page).contains(">total</text>").contains(">mam</text>").contains(">miou</text>");
    assertThat(page).contains("<summary>Rate, speed, and what the modules log</summary>");
    assertThat(page).containsPattern("<td>training</td><td>0:0\\d, [0-9.]+ pictures a second</td>");
    assertThat(page).containsPattern("<td>most memory</td><td>\\d+\\.\\d\\d GiB</td>");
    assertThat(page)
        .contains(
            String.format(
                Locale.ROOT,
                "<td>%.2f %%</td>",
                100 * result.score("image-map", "map", "none").value()));
  }

  @Test
  void needsNoScriptAndNoOtherFile() throws IOException {
    train(SmallRuns.resolved("training.epochs=1"));
    String page = Files.readString(temp.resolve("run/report.html"));

    assertThat(page)
        .doesNotContainIgnoringCase("<script")
        .doesNotContain("http:", "https:", "@import", "<link")
        .doesNotContainPattern("url\\((?!data:image/jpeg;base64,)");
    assertThat(page).doesNotContainPattern("<[^>]* on[a-z]+=");
    Matcher sources = Pattern.compile("(src|href)=\"([^\"]{0,24})").matcher(page);
    assertThat(sources.results().map(found -> found.group(2)))
        .allMatch(
            target ->
                target.startsWith("data:image/png;base64,")
                    || target.equals("config.resolved.yaml")
                    || target.equals("provenance.json"));
  }

  @Test
  void showsPicturesThatHaveNoMasksWithoutANumber() throws IOException {
    PictureFolder pictures =
        new PictureFolder(temp.resolve("pictures")).withoutMasks().trainingAlone();
    train(SmallRuns.resolved(pictures.data(), "training.batch=2"));
    String page = Files.readString(temp.resolve("run/report.html"));

    assertThat(page)
        .contains("<p class=\"lead\">No masks to compare with")
        .contains("<figcaption>train0.jpg<i class=\"chip\" style=\"background:#800000\"></i>square")
        .doesNotContain(", IoU", "IoU by class", "mean IoU");
    assertThat(page.split("data:image/png;base64,")).as("two views of each of six").hasSize(13);
    assertThat(temp.resolve("run/pictures.csv")).doesNotExist();
  }

  @Test
  void textIsNeverTakenForTags() throws IOException {
    PictureFolder pictures = new PictureFolder(temp.resolve("pictures"));
    Path classes = temp.resolve("pictures/classes.txt");
    Files.writeString(classes, Files.readString(classes).replace("square", "<b>&\"x"));
    Path labels = temp.resolve("pictures/labels.csv");
    Files.writeString(labels, Files.readString(labels).replace("square", "\"<b>&\"\"x\""));
    train(SmallRuns.resolved(pictures.data(), "training.batch=2"));

    assertThat(Files.readString(temp.resolve("run/report.html")))
        .contains("&lt;b&gt;&amp;&quot;x")
        .doesNotContain("<b>&");
  }

  private static List<String> headings(String page) {
    return Pattern.compile("<h2>(.*?)</h2>").matcher(page).results().map(f -> f.group(1)).toList();
  }

  private RunResult train(ResolvedRun config) {
    try (Run run = Run.open(config, temp.resolve("run"), Resume.FRESH)) {
      return run.train(RunListener.SILENT);
    }
  }
}
