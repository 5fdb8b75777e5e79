package dev.wsss.eval.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureCardTest {
  private static final ClassNames CLASSES = new ClassNames(List.of("cat", "dog", "cow"));
  private static final RgbImage GREY = new RgbImage(2, 1, new byte[6]);

  @Test
  void holdsThePictureOnceUnderAllItsMasks() throws IOException {
    BitSet cat = new BitSet();
    cat.set(0);
    String html =
        new PictureCard("a.jpg")
            .picture(GREY)
            .mask("truth", mask(0, 1))
            .mask("seeds", mask(3, 255))
            .draw(CLASSES, cat)
            .html();

    assertThat(html)
        .startsWith("<figure class=\"card\" style=\"--picture:url(data:image/jpeg;base64,")
        .containsOnlyOnce("data:image/jpeg")
        .contains("<small>picture</small>", "<small>truth</small>", "<small>seeds</small>")
        .endsWith(
            "</div><figcaption>a.jpg<i class=\"chip\" style=\"background:#800000\"></i>cat"
                + "<i class=\"chip\" style=\"background:#808000\"></i>cow (not labelled)</figcaption></figure>\n");
    assertThat(html.split("<img width=\"2\" height=\"1\" alt=\"", -1)).hasSize(1 + 3);
  }

  @Test
  void saysWhatIsMissingAndTakesALineForManyViews() throws IOException {
    String html =
        new PictureCard("a.jpg")
            .missing("picture", "a.jpg: <broken>")
            .mask("seeds", mask(0, 1))
            .mask("refine", mask(0, 1))
            .missing("network", "no mask")
            .draw(CLASSES, new BitSet())
            .html();

    assertThat(html)
        .startsWith("<figure class=\"card strip\"><div>\n")
        .contains("<span class=\"none\">a.jpg: &lt;broken&gt;</span><small>picture</small>")
        .contains("<span class=\"none\">no mask</span><small>network</small>")
        .doesNotContain("--picture");
  }

  private static IndexMask mask(int left, int right) {
    return new IndexMask(2, 1, new byte[] {(byte) left, (byte) right});
  }
}
