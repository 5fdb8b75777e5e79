package dev.wsss.eval.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.testing.HugePng;
import dev.wsss.api.testing.SharedFiles;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class MaskFileTest {
  private static final ClassNames CLASSES = new ClassNames(List.of("dent", "scratch"));
  private static final MaskValues TWO = MaskValues.asTheyAre(CLASSES);

  @TempDir private Path folder;

  @Test
  void writtenIndicesAreReadBackAsTheyWere() throws IOException {
    byte[] all = new byte[256];
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    MaskFile file = new MaskFile(folder.resolve("a.png"));
    file.write(new IndexMask(32, 8, all));
    IndexMask read = file.read();
    assertThat(read.width()).isEqualTo(32);
    assertThat(read.height()).isEqualTo(8);
    assertThat(read.indices()).isEqualTo(all);
  }

  @Test
  void theWrittenPaletteIsThatOfVoc() throws IOException {
    MaskFile file = new MaskFile(folder.resolve("a.png"));
    file.write(new IndexMask(2, 1, new byte[] {0, 20}));
    BufferedImage image = ImageIO.read(file.path().toFile());
    IndexColorModel palette = (IndexColorModel) image.getColorModel();
    // From the VOC development kit: background, aeroplane, person, tvmonitor, not counted.
    assertThat(palette.getRGB(0) & 0xffffff).isEqualTo(0);
    assertThat(palette.getRGB(1) & 0xffffff).isEqualTo(0x800000);
    assertThat(palette.getRGB(15) & 0xffffff).isEqualTo(0xc08080);
    assertThat(palette.getRGB(20) & 0xffffff).isEqualTo(0x004080);
    assertThat(palette.getRGB(255) & 0xffffff).isEqualTo(0xe0e0c0);
    assertThat(image.getRGB(1, 0) & 0xffffff).isEqualTo(0x004080);
  }

  @Test
  void greyValuesAreIndices() throws IOException {
    Path file = TestImages.grey(folder.resolve("a.png"), 2, 8, 0, 1, 2, 255);
    assertThat(new MaskFile(file).read().indices()).containsExactly(0, 1, 2, -1);
  }

  @Test
  void oneBitAPixelIsEnoughForOneClass() throws IOException {
    Path file = TestImages.bits(folder.resolve("a.png"), 3, 0, 1, 1, 1, 0, 0);
    assertThat(new MaskFile(file).read().indices()).containsExactly(0, 1, 1, 1, 0, 0);
  }

  @Test
  void officialMasksHoldTwentyClassesAndTheBorder() throws IOException {
    Path file = SharedFiles.require("data/voc12-subset/SegmentationClass/2008_000016.png");
    IndexMask mask = new MaskFile(file).read();
    assertThat(mask.width()).isEqualTo(375);
    int[] counts = new int[256];
    for (byte index : mask.indices()) {
      counts[index & 0xff]++;
    }
    assertThat(counts[20]).isPositive();
    assertThat(counts[0] + counts[20] + counts[255]).isEqualTo(375 * 282);
  }

  @Test
  void coloursAreRefused() throws IOException {
    Path file = TestImages.colour(folder.resolve("a.png"), 2, 2, 0x800000);
    assertThatThrownBy(() -> new MaskFile(file).read())
        .isInstanceOf(BadImageException.class)
        .hasMessage(
            file
                + ": 3 channels of 8 bits; a mask has one class index of at most 8 bits a pixel"
                + " (a palette or grey PNG)");
  }

  @Test
  void aJpegIsRefused() throws IOException {
    Path file = TestImages.grey(folder.resolve("a.jpg"), 2, 8, 1, 1, 1, 1);
    assertThatThrownBy(() -> new MaskFile(file).read())
        .isInstanceOf(BadImageException.class)
        .hasMessage(file + ": a JPEG does not keep class indices; a mask is a palette or grey PNG");
  }

  @Test
  void anotherSizeThanThePictureIsRefused() throws IOException {
    Path picture = TestImages.colour(folder.resolve("a.jpg"), 4, 3, 0);
    Path mask = TestImages.grey(folder.resolve("a.png"), 3, 8, new int[12]);
    assertThatThrownBy(() -> new MaskFile(mask).readFor(new PictureFile(picture), TWO))
        .isInstanceOf(BadImageException.class)
        .hasMessage(
            mask
                + ": the mask is 3×4, its picture "
                + picture
                + " is 4×3; a mask has the size of its picture");
  }

  @Test
  void anIndexThatIsNoClassIsRefused() throws IOException {
    Path picture = TestImages.colour(folder.resolve("a.jpg"), 3, 2, 0);
    Path mask = TestImages.grey(folder.resolve("a.png"), 3, 8, 0, 1, 2, 255, 3, 0);
    assertThatThrownBy(() -> new MaskFile(mask).readFor(new PictureFile(picture), TWO))
        .isInstanceOf(BadImageException.class)
        .hasMessage(
            mask
                + ": value 3 at column 1, row 1 is no class; allowed are 0 (background) to 2"
                + " (scratch) and 255 (not counted); data.mask-values can give others a meaning");
  }

  @Test
  void valuesStandForWhatIsSaidOfThem() throws IOException {
    Path picture = TestImages.colour(folder.resolve("a.jpg"), 3, 2, 0);
    Path mask = TestImages.grey(folder.resolve("a.png"), 3, 8, 0, 1, 2, 255, 7, 100);
    Map<String, String> meanings =
        Map.of("255", "dent", "7", "2", "100", "ignore", "1", "background");
    MaskValues values = MaskValues.of(CLASSES, meanings);
    assertThat(new MaskFile(mask).readFor(new PictureFile(picture), values).indices())
        .containsExactly(0, 0, 2, 1, 2, -1);
  }

  @Test
  void aMeaningThatIsNoneIsRefused() {
    assertThatThrownBy(() -> MaskValues.of(CLASSES, Map.of("255", "dnet")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "data.mask-values: 255 stands for 'dnet', which is no class; allowed are background,"
                + " ignore, dent, scratch, and indices 0 to 2; did you mean 'dent'?");
    assertThatThrownBy(() -> MaskValues.of(CLASSES, Map.of("255", "3")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "data.mask-values: 255 stands for '3', which is no class; allowed are background,"
                + " ignore, dent, scratch, and indices 0 to 2");
    assertThatThrownBy(() -> MaskValues.of(CLASSES, Map.of("256", "dent")))
        .isInstanceOf(DataException.class)
        .hasMessage("data.mask-values: '256' is no value of a mask; values are 0 to 255");
  }

  @Test
  void aMaskLiesOnTheUprightPicture() throws IOException {
    Path picture = TestImages.colour(folder.resolve("a.jpg"), 16, 8, 0);
    PictureFile turned = new PictureFile(TestImages.orientation(picture, 6));
    Path upright = TestImages.grey(folder.resolve("a.png"), 8, 8, new int[128]);
    assertThat(new MaskFile(upright).readFor(turned, TWO).height()).isEqualTo(16);
    Path stored = TestImages.grey(folder.resolve("b.png"), 16, 8, new int[128]);
    assertThatThrownBy(() -> new MaskFile(stored).readFor(turned, TWO))
        .isInstanceOf(BadImageException.class)
        .hasMessage(
            stored
                + ": the mask is 16×8, its picture "
                + picture
                + " is 8×16 once turned upright (EXIF orientation); a mask has the size of its"
                + " picture");
  }

  @Test
  @Timeout(20)
  void aHugeMaskIsRefusedBeforeItIsDecoded() throws IOException {
    Path picture = TestImages.colour(folder.resolve("a.jpg"), 3, 2, 0);
    Path mask = Files.write(folder.resolve("a.png"), HugePng.ofSize(9_000, 9_000));
    assertThatThrownBy(() -> new MaskFile(mask).readFor(new PictureFile(picture), TWO))
        .isInstanceOf(BadImageException.class)
        .hasMessage(
            mask
                + ": the mask is 9000×9000, its picture "
                + picture
                + " is 3×2; a mask has the size of its picture");
  }
}
