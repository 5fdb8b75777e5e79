package dev.wsss.train.provenance;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.digest.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * A number that changes when a data set does, wherever its folder lies: SHA-256 over the class
 * names, the name and labels of every picture of every split, and the content of its files.
 *
 * <p>Where the files are larger than {@value #BUDGET_IN_BYTES} bytes together, the sizes of all
 * count, and the content of some, spread evenly: reading all of them would delay every start. Of a
 * data set that names no files, a few pictures and masks a split are decoded.
 *
 * @param sha256 64 hexadecimal digits
 * @param of what was read, for people
 */
record DataFingerprint(String sha256, String of) {
  private static final long BUDGET_IN_BYTES = 2L << 30;
  private static final int DECODED_PER_SPLIT = 8;
  private static final String UNREADABLE = "unreadable";

  static DataFingerprint of(SegmentationDataset data) {
    return of(data, BUDGET_IN_BYTES);
  }

  /**
   * @throws CancellationException if the thread is interrupted meanwhile
   */
  static DataFingerprint of(SegmentationDataset data, long budgetInBytes) {
    Reading reading = new Reading();
    reading.addLabels(data);
    Set<Path> files = new LinkedHashSet<>();
    for (String split : sortedSplits(data)) {
      data.examples(split).forEach(example -> files.addAll(data.files(example)));
    }
    String of =
        files.isEmpty()
            ? reading.addPixels(data)
            : reading.addFiles(new ArrayList<>(files), budgetInBytes);
    return new DataFingerprint(HexFormat.of().formatHex(reading.digest.digest()), of);
  }

  private static List<String> sortedSplits(SegmentationDataset data) {
    return data.splits().stream().sorted().toList();
  }

  /** What has been read so far. */
  private static final class Reading {
    private final MessageDigest digest = Sha256.digest();

    void addLabels(SegmentationDataset data) {
      data.classes().foreground().forEach(this::add);
      for (String split : sortedSplits(data)) {
        add(split);
        for (Example example : data.examples(split)) {
          add(example.id());
          add(example.labels().toString());
        }
      }
    }

    /** The names count already, as those of pictures; where the files lie does not. */
    String addFiles(List<Path> files, long budgetInBytes) {
      long[] sizes = files.stream().mapToLong(Reading::size).toArray();
      long total = 0;
      for (long size : sizes) {
        total += size;
      }
      int every = (int) Math.max(1, Math.min(files.size(), (total - 1) / budgetInBytes + 1));
      for (int i = 0; i < files.size(); i++) {
        add(sizes[i] + (i % every == 0 ? " " + content(files.get(i)) : ""));
      }
      int read = (files.size() - 1) / every + 1;
      return every == 1
          ? "content of all " + files.size() + " files"
          : "sizes of all " + files.size() + " files, content of " + read;
    }

    private static long size(Path file) {
      try {
        return Files.size(file);
      } catch (IOException e) {
        return 0; // its content is not read either
      }
    }

    private static String content(Path file) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("stopped while the data set was read");
      }
      try {
        return Files.isRegularFile(file) ? Sha256.of(file) : UNREADABLE;
      } catch (ClosedByInterruptException e) {
        throw new CancellationException("stopped while the data set was read");
      } catch (IOException e) {
        // What is broken in a file is told where it is used.
        return UNREADABLE;
      }
    }

    String addPixels(SegmentationDataset data) {
      for (String split : sortedSplits(data)) {
        List<Example> examples = data.examples(split);
        int decoded = Math.min(DECODED_PER_SPLIT, examples.size());
        for (int i = 0; i < decoded; i++) {
          addPixels(data, examples.get((int) ((long) i * examples.size() / decoded)));
        }
      }
      return "pixels of up to " + DECODED_PER_SPLIT + " pictures a split";
    }

    private void addPixels(SegmentationDataset data, Example example) {
      try {
        RgbImage image = data.image(example);
        add(image.width(), image.height(), image.rgb());
      } catch (BadImageException e) {
        add(UNREADABLE);
      }
      try {
        Optional<IndexMask> mask = data.mask(example);
        mask.ifPresent(m -> add(m.width(), m.height(), m.indices()));
      } catch (BadImageException e) {
        add(UNREADABLE);
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
}
