package dev.wsss.eval.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.eval.html.LineChart.Line;
import dev.wsss.eval.html.LineChart.Mark;
import dev.wsss.eval.html.LineChart.Range;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class LineChartTest {

  @Test
  void hasAxesALegendAndAMarkAndLeavesOutWhatIsNoNumber() throws Exception {
    Line one = Line.numbered("a<b", List.of(4.0, Double.NaN, 2.0));
    Line two = Line.numbered("two", List.of(1.0, 2.0, 3.0));

    Document svg =
        draw(
            new LineChart(
                "Losses & more",
                "epoch",
                Range.FITTING,
                new Range(0, 4),
                List.of(one, two),
                List.of(new Mark("here", 2))));

    assertThat(texts(svg))
        .containsExactly(
            "Losses & more", "0", "1", "2", "3", "4", "1", "2", "3", "epoch", "here", "a<b", "two");
    // From the left edge at 4 to the right edge at 2, halfway down.
    assertThat(paths(svg)).contains("M46.0 24.0 L408.0 109.0");
    assertThat(paths(svg)).contains("M46.0 151.5 L227.0 109.0 L408.0 66.5");
  }

  @Test
  void aSingleValueIsADot() throws Exception {
    assertThat(
            paths(
                draw(
                    new LineChart(
                        "",
                        "epoch",
                        Range.FITTING,
                        Range.FITTING,
                        List.of(Line.numbered("one", List.of(3.0))),
                        List.of()))))
        .anyMatch(path -> path.endsWith(" h.1"));
  }

  @Test
  void aLegendOfManyNamesTakesSeveralLinesWithinTheWidth() throws Exception {
    List<Line> lines =
        IntStream.range(0, 12)
            .mapToObj(i -> Line.numbered("a-loss-called-" + i, List.of(1.0, i + 1.0)))
            .toList();
    Document svg = draw(new LineChart("", "epoch", Range.FITTING, Range.FITTING, lines, List.of()));
    String[] box = svg.getDocumentElement().getAttribute("viewBox").split(" ", -1);
    NodeList texts = svg.getElementsByTagName("text");
    for (int i = texts.getLength() - 12; i < texts.getLength(); i++) {
      var attributes = texts.item(i).getAttributes();
      assertThat(Double.parseDouble(attributes.getNamedItem("x").getNodeValue()))
          .isLessThan(Double.parseDouble(box[2]) - 50);
      assertThat(Double.parseDouble(attributes.getNamedItem("y").getNodeValue()))
          .isLessThan(Double.parseDouble(box[3]));
    }
    assertThat(paths(svg)).doesNotHaveDuplicates();
  }

  @Test
  void nothingToDrawIsNoChart() {
    assertThat(
            new LineChart(
                    "t",
                    "epoch",
                    Range.FITTING,
                    Range.FITTING,
                    List.of(Line.numbered("nan", List.of(Double.NaN))),
                    List.of())
                .draw()
                .html())
        .isEmpty();
  }

  private static Document draw(LineChart chart) throws Exception {
    String html = chart.draw().html();
    String svg = html.substring(html.indexOf("<svg"), html.indexOf("</figure>"));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<String> texts(Document svg) {
    NodeList nodes = svg.getElementsByTagName("text");
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }

  private static List<String> paths(Document svg) {
    NodeList nodes = svg.getElementsByTagName("path");
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getAttributes().getNamedItem("d").getNodeValue())
        .toList();
  }
}
