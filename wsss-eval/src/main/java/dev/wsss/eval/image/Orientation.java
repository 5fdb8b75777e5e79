package dev.wsss.eval.image;

import dev.wsss.api.data.RgbImage;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;

/**
 * How a camera was held: which pixel of the stored picture each pixel of the upright one is. The
 * eight values of EXIF's tag Orientation, 1 to 8, by the names that ImageIO has for them.
 */
enum Orientation {
  NORMAL("Normal", false, false, false),
  MIRRORED("FlipH", false, true, false),
  UPSIDE_DOWN("Rotate180", false, true, true),
  MIRRORED_UPSIDE_DOWN("FlipV", false, false, true),
  TRANSPOSED("FlipVRotate90", true, false, false),
  TURNED_LEFT("Rotate270", true, false, true),
  TRANSPOSED_UPSIDE_DOWN("FlipHRotate90", true, true, true),
  TURNED_RIGHT("Rotate90", true, true, false);

  private final String name;
  private final boolean transposed;
  private final boolean columnsReversed;
  private final boolean rowsReversed;

  Orientation(String name, boolean transposed, boolean columnsReversed, boolean rowsReversed) {
    this.name = name;
    this.transposed = transposed;
    this.columnsReversed = columnsReversed;
    this.rowsReversed = rowsReversed;
  }

  /** That of EXIF's value; normal for any but 1 to 8. */
  static Orientation ofExif(int value) {
    return value >= 1 && value <= values().length ? values()[value - 1] : NORMAL;
  }

  /** What the metadata say; normal where they say nothing or cannot be read. */
  static Orientation of(ImageReader reader) {
    try {
      IIOMetadata metadata = reader.getImageMetadata(0);
      if (metadata != null && metadata.isStandardMetadataFormatSupported()) {
        Node root = metadata.getAsTree(IIOMetadataFormatImpl.standardMetadataFormatName);
        String value = value(child(root, "Dimension"));
        return Arrays.stream(values()).filter(o -> o.name.equals(value)).findFirst().orElse(NORMAL);
      }
    } catch (IOException | RuntimeException e) {
      // Readers meet damaged metadata with all kinds of exceptions; the pixels may be whole.
    }
    return NORMAL;
  }

  private static String value(@Nullable Node dimension) {
    Node orientation = dimension == null ? null : child(dimension, "ImageOrientation");
    Node value = orientation == null ? null : orientation.getAttributes().getNamedItem("value");
    return value == null ? NORMAL.name : value.getNodeValue();
  }

  private static @Nullable Node child(Node parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeName().equals(name)) {
        return node;
      }
    }
    return null;
  }

  /** Whether width and height change places. */
  boolean isTransposed() {
    return transposed;
  }

  /** The upright picture of a stored one. */
  RgbImage upright(RgbImage stored) {
    if (this == NORMAL) {
      return stored;
    }
    int width = transposed ? stored.height() : stored.width();
    int height = transposed ? stored.width() : stored.height();
    byte[] from = stored.rgb();
    byte[] to = new byte[from.length];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int column = transposed ? y : x;
        int row = transposed ? x : y;
        column = columnsReversed ? stored.width() - 1 - column : column;
        row = rowsReversed ? stored.height() - 1 - row : row;
        int source = 3 * (row * stored.width() + column);
        to[at++] = from[source];
        to[at++] = from[source + 1];
        to[at++] = from[source + 2];
      }
    }
    return new RgbImage(width, height, to);
  }
}
