package dev.wsss.eval.report;

import dev.wsss.api.data.IndexMask;
import dev.wsss.eval.image.VocColours;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.BitSet;
import javax.imageio.ImageIO;

/**
 * A mask as a PNG to be laid over its picture: classes in PASCAL VOC's colours, through which the
 * picture is seen, and background that is not seen itself.
 */
public final class MaskLayer {
  private static final int ALPHA = (int) Math.round(255 * Tiles.OPACITY);

  private MaskLayer() {}

  /** A whole file, whose palette has the mask's own colours alone. */
  public static byte[] png(IndexMask mask) throws IOException {
    BitSet own = new BitSet();
    for (byte index : mask.indices()) {
      own.set(index & 0xff);
    }
    int[] colours = new int[own.cardinality()];
    byte[] places = new byte[256];
    int next = 0;
    for (int index = own.nextSetBit(0); index >= 0; index = own.nextSetBit(index + 1)) {
      places[index] = (byte) next;
      colours[next++] = index == 0 ? 0 : ALPHA << 24 | VocColours.rgb(index);
    }
    BufferedImage image =
        new BufferedImage(
            mask.width(),
            mask.height(),
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, next, colours, 0, true, -1, DataBuffer.TYPE_BYTE));
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int p = 0; p < pixels.length; p++) {
      pixels[p] = places[mask.indices()[p] & 0xff];
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, "png", bytes)) {
      throw new IOException("this Java has no PNG writer");
    }
    return bytes.toByteArray();
  }
}
