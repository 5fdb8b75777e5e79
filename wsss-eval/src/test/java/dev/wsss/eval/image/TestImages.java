package dev.wsss.eval.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small files for tests. */
public final class TestImages {

  private TestImages() {}

  /** A file of one colour, 0xRRGGBB; the format is the name's extension. */
  public static Path colour(Path file, int width, int height, int colour) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, colour);
      }
    }
    return write(image, file);
  }

  /** A grey file of the given samples, row by row, of 8 or 16 bits. */
  public static Path grey(Path file, int width, int bits, int... samples) throws IOException {
    BufferedImage image =
        new BufferedImage(
            width,
            samples.length / width,
            bits == 8 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSamples(0, 0, width, samples.length / width, 0, samples);
    return write(image, file);
  }

  /** A palette PNG of the given indices, 0 or 1, in one bit a pixel. */
  static Path bits(Path file, int width, int... indices) throws IOException {
    BufferedImage image =
        new BufferedImage(width, indices.length / width, BufferedImage.TYPE_BYTE_BINARY);
    image.getRaster().setSamples(0, 0, width, indices.length / width, 0, indices);
    return write(image, file);
  }

  /** A PNG with transparency, of one colour 0xAARRGGBB. */
  static Path transparent(Path file, int colour) throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 2, 2, new int[] {colour, colour, colour, colour}, 0, 2);
    return write(image, file);
  }

  /** A PNG with grey and transparency. */
  static Path greyAlpha(Path file, int grey, int alpha) throws IOException {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            true,
            false,
            Transparency.TRANSLUCENT,
            DataBuffer.TYPE_BYTE);
    WritableRaster raster = model.createCompatibleWritableRaster(2, 2);
    for (int i = 0; i < 4; i++) {
      raster.setPixel(i % 2, i / 2, new int[] {grey, alpha});
    }
    return write(new BufferedImage(model, raster, false, null), file);
  }

  /**
   * A JPEG of four channels as picture programs write it: inverted, with Adobe's segment.
   *
   * @param transform 0 for CMYK, 2 for YCCK
   */
  static Path fourChannels(Path file, int transform, int... inverted) throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        raster.setPixel(x, y, inverted);
      }
    }
    byte[] plain = byTheJdk("jpeg", new IIOImage(raster, null, null));
    byte[] adobe = {
      (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform
    };
    ByteArrayOutputStream marked = new ByteArrayOutputStream();
    marked.write(plain, 0, 2);
    marked.write(adobe);
    marked.write(plain, 2, plain.length - 2);
    return Files.write(file, marked.toByteArray());
  }

  /** Says in a JPEG how the camera was held: EXIF's orientation, 1 to 8. */
  static Path orientation(Path file, int orientation) throws IOException {
    ByteBuffer exif = ByteBuffer.allocate(36);
    exif.putShort((short) 0xffe1).putShort((short) 34);
    exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    // Big-endian TIFF with one directory of one entry: tag, a 16-bit number, one of them, value.
    exif.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 1);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    byte[] plain = Files.readAllBytes(file);
    ByteArrayOutputStream marked = new ByteArrayOutputStream();
    marked.write(plain, 0, 2);
    marked.write(exif.array());
    marked.write(plain, 2, plain.length - 2);
    return Files.write(file, marked.toByteArray());
  }

  /** By the JDK's own writer: the only one at hand that writes four channels, or real numbers. */
  private static byte[] byTheJdk(String format, IIOImage image) throws IOException {
    var writers = ImageIO.getImageWritersByFormatName(format);
    ImageWriter writer = writers.next();
    while (!writer.getClass().getName().startsWith("com.sun")) {
      writer = writers.next();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, image, null);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** A TIFF of one channel of real numbers. */
  static Path realNumbers(Path file) throws IOException {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_FLOAT);
    WritableRaster raster = model.createCompatibleWritableRaster(2, 2);
    BufferedImage image = new BufferedImage(model, raster, false, null);
    return Files.write(file, byTheJdk("tiff", new IIOImage(image, null, null)));
  }

  /** Says in a TIFF how the camera was held: the tag Orientation, 1 to 8. */
  static Path tiffOrientation(Path file, int orientation) throws IOException {
    ByteBuffer tiff = ByteBuffer.wrap(Files.readAllBytes(file));
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    for (int i = 0; i < tiff.getShort(directory); i++) {
      int entry = directory + 2 + 12 * i;
      if (tiff.getShort(entry) == 0x0112) {
        return Files.write(file, tiff.putShort(entry + 8, (short) orientation).array());
      }
    }
    throw new IOException(file + " says nothing of orientation");
  }

  /** Keeps the first part of a file only. */
  public static Path cut(Path file, double share) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * share)));
  }

  private static Path write(BufferedImage image, Path file) throws IOException {
    String name = file.getFileName().toString();
    Files.createDirectories(file.getParent());
    if (!ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile())) {
      throw new IOException("no writer for " + file);
    }
    return file;
  }
}
