package dev.wsss.eval.image;

import dev.wsss.api.testing.Damage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small whole files of every kind that decoders treat differently. */
final class DamageablePictures {
  private static final int WIDTH = 24;
  private static final int HEIGHT = 20;

  private DamageablePictures() {}

  /** Of each kind one. */
  static List<byte[]> all(Path folder) throws IOException {
    List<byte[]> files = new ArrayList<>(List.of(baseline(), progressive()));
    files.add(encoded(noise(BufferedImage.TYPE_BYTE_GRAY), "jpeg", false));
    Path file = folder.resolve("whole.jpg");
    files.add(Files.readAllBytes(TestImages.orientation(Files.write(file, baseline()), 6)));
    files.add(Files.readAllBytes(TestImages.fourChannels(file, 0, 1, 2, 3, 4)));
    files.add(Files.readAllBytes(TestImages.fourChannels(file, 2, 1, 2, 3, 4)));
    for (int kind :
        new int[] {
          BufferedImage.TYPE_3BYTE_BGR,
          BufferedImage.TYPE_INT_ARGB,
          BufferedImage.TYPE_USHORT_GRAY,
          BufferedImage.TYPE_BYTE_INDEXED,
          BufferedImage.TYPE_BYTE_BINARY
        }) {
      files.add(encoded(noise(kind), "png", false));
      files.add(encoded(noise(kind), "png", true));
    }
    for (String compression : List.of("None", "PackBits", "LZW", "Deflate", "JPEG")) {
      files.add(tiff(noise(BufferedImage.TYPE_3BYTE_BGR), compression));
    }
    files.add(tiff(noise(BufferedImage.TYPE_BYTE_BINARY), "CCITT T.4"));
    for (String webp :
        List.of(WebpAndTiffTest.LOSSY, WebpAndTiffTest.LOSSLESS, WebpAndTiffTest.TURNED)) {
      files.add(Base64.getDecoder().decode(webp));
    }
    files.add(described(encoded(noise(BufferedImage.TYPE_BYTE_INDEXED), "png", false)));
    return files;
  }

  /**
   * A TIFF of 100×100 pixels that says of itself what is given.
   *
   * @param entries tag and 32-bit number each, beside the size and what says that it is packed
   * @param content behind the header
   */
  static byte[] tiff(int[][] entries, byte[] content) {
    int[][] size = {{256, 100}, {257, 100}};
    ByteBuffer tiff = ByteBuffer.allocate(14 + 12 * (2 + entries.length) + content.length);
    tiff.order(ByteOrder.LITTLE_ENDIAN).put((byte) 'I').put((byte) 'I').putShort((short) 42);
    tiff.putInt(8).putShort((short) (2 + entries.length));
    for (int[][] part : List.of(size, entries)) {
      for (int[] entry : part) {
        tiff.putShort((short) entry[0]).putShort((short) 4).putInt(1).putInt(entry[1]);
      }
    }
    return tiff.putInt(0).put(content).array();
  }

  static byte[] baseline() throws IOException {
    return encoded(noise(BufferedImage.TYPE_3BYTE_BGR), "jpeg", false);
  }

  /** A JPEG of ten scans. */
  static byte[] progressive() throws IOException {
    return encoded(noise(BufferedImage.TYPE_3BYTE_BGR), "jpeg", true);
  }

  /** A JPEG of one colour. */
  static byte[] evenJpeg(int width, int height, boolean progressive) throws IOException {
    return encoded(
        new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR), "jpeg", progressive);
  }

  /**
   * A PNG of zeros.
   *
   * @param colourType 0 grey, 2 RGB, 3 palette, 4 grey and 6 RGB with transparency
   * @param interlaced 0 or 1
   */
  static byte[] evenPng(int width, int height, int bits, int colourType, int interlaced)
      throws IOException {
    int channels = colourType == 6 ? 4 : colourType == 2 ? 3 : colourType == 4 ? 2 : 1;
    byte[] kind = {(byte) bits, (byte) colourType, 0, 0, (byte) interlaced};
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    png.write(
        chunk("IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put(kind).array()));
    if (colourType == 3) {
      png.write(chunk("PLTE", new byte[6]));
    }
    int rows = height * (((width * channels * bits + 7) / 8) + 1);
    png.write(chunk("IDAT", deflated(new byte[interlaced == 1 ? 2 * rows + 1000 : rows])));
    png.write(chunk("IEND", new byte[0]));
    return png.toByteArray();
  }

  /** With texts and a colour profile of a megabyte of zeros, packed, behind the palette. */
  private static byte[] described(byte[] palettePng) throws IOException {
    byte[] zeros = deflated(new byte[1 << 20]);
    ByteArrayOutputStream more = new ByteArrayOutputStream();
    more.write(chunk("tRNS", new byte[16]));
    more.write(chunk("pHYs", new byte[9]));
    more.write(chunk("tEXt", "Key\0text".getBytes(StandardCharsets.US_ASCII)));
    more.write(chunk("zTXt", joined("Key\0\0", zeros)));
    more.write(chunk("iTXt", joined("Key\0\1\0en\0Key\0", zeros)));
    int header = 33;
    int paletteEnd = header + 12 + ByteBuffer.wrap(palettePng).getInt(header);
    byte[] whole = Damage.splice(palettePng, paletteEnd, paletteEnd, more.toByteArray());
    return Damage.splice(whole, header, header, chunk("iCCP", joined("Key\0\0", zeros)));
  }

  private static byte[] joined(String text, byte[] bytes) throws IOException {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(text.getBytes(StandardCharsets.US_ASCII));
    joined.write(bytes);
    return joined.toByteArray();
  }

  private static byte[] chunk(String type, byte[] content) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + content.length).putInt(content.length);
    chunk.put(type.getBytes(StandardCharsets.US_ASCII)).put(content);
    CRC32 sum = new CRC32();
    sum.update(chunk.array(), 4, 4 + content.length);
    return chunk.putInt((int) sum.getValue()).array();
  }

  private static byte[] deflated(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static BufferedImage noise(int type) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    Random random = new Random(5);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, 0xff000000 | x << 19 | y << 11 | random.nextInt(64) * 0x010101);
      }
    }
    return image;
  }

  private static byte[] tiff(BufferedImage image, String compression) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionType(compression);
      writer.write(null, new IIOImage(image, null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** By the JDK's own writer: the one at hand that writes every kind. */
  private static byte[] encoded(BufferedImage image, String format, boolean progressive)
      throws IOException {
    var writers = ImageIO.getImageWritersByFormatName(format);
    ImageWriter writer = writers.next();
    while (!writer.getClass().getName().startsWith("com.sun")) {
      writer = writers.next();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam how = writer.getDefaultWriteParam();
      if (progressive) {
        how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.write(null, new IIOImage(image, null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
