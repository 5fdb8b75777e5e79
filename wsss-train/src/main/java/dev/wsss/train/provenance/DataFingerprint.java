package dev.wsss.train.provenance;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A number that changes when a data set does: SHA-256 over the class names, the name and labels of
 * every picture of every split, and the pixels and masks of a few pictures spread evenly over each
 * split. Decoding all of them would delay every run.
 */
final class DataFingerprint {
  private static final int DECODED_PER_SPLIT = 8;

  private final MessageDigest digest = Sha256.digest();

  private DataFingerprint() {}

  /** 64 hexadecimal digits. */
  static String of(SegmentationDataset data) {
    DataFingerprint fingerprint = new DataFingerprint();
    data.classes().foreground().forEach(fingerprint::add);
    for (String split : data.splits().stream().sorted().toList()) {
      fingerprint.add(split);
      List<Example> examples = data.examples(split);
      for (Example example : examples) {
        fingerprint.add(example.id());
        fingerprint.add(example.labels().toString());
      }
      int decoded = Math.min(DECODED_PER_SPLIT, examples.size());
      for (int i = 0; i < decoded; i++) {
        fingerprint.add(data, examples.get((int) ((long) i * examples.size() / decoded)));
      }
    }
    return HexFormat.of().formatHex(fingerprint.digest.digest());
  }

  private void add(SegmentationDataset data, Example example) {
    try {
      RgbImage image = data.image(example);
      add(image.width(), image.height(), image.rgb());
    } catch (BadImageException e) {
      // Another run meets the same file; what is broken in it is told where it is used.
      add("unreadable");
    }
    try {
      Optional<IndexMask> mask = data.mask(example);
      mask.ifPresent(m -> add(m.width(), m.height(), m.indices()));
    } catch (BadImageException e) {
      add("unreadable");
    }
  }

  private void add(int width, int height, byte[] pixels) {
    digest.update(ByteBuffer.allocate(8).putInt(width).putInt(height).flip());
    digest.update(pixels);
  }

  /** The length in front keeps neighbours apart. */
  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
    digest.update(bytes);
  }
}
