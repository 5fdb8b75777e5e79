package dev.wsss.eval.store;

import java.util.List;
import java.util.StringJoiner;

/** What the index says of a picture: where its maps lie, or why there are none. */
sealed interface IndexLine {
  /** Of the picture. */
  String id();

  /** The fields without the check that ends a line. */
  String text();

  /**
   * A picture whose maps are stored.
   *
   * @param shard number of the file
   * @param offset first byte in it
   * @param length bytes
   * @param crc CRC-32 of these bytes
   * @param present foreground classes, ascending, background (−1) before them where it has scores;
   *     the file has their values in masks, k + 1
   * @param probabilities of all K classes, or none
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Stored(
      String id,
      int shard,
      long offset,
      int length,
      int crc,
      MapGrid grid,
      int[] present,
      float[] probabilities)
      implements IndexLine {
    static final String HEADER =
        "#shard\toffset\tlength\tcrc32\twidth\theight\tcovered_width\tcovered_height\tcolumns\trows\tvalues\tid\tprobabilities\tcheck";
    private static final int FIELDS = 13;

    long end() {
      return offset + length;
    }

    long levels() {
      return Math.multiplyExact(
          present.length, Math.multiplyExact((long) grid.rows(), grid.columns()));
    }

    @Override
    public String text() {
      StringJoiner values = new StringJoiner(";");
      for (int k : present) {
        values.add(Integer.toString(k + 1));
      }
      StringJoiner shares = new StringJoiner(";");
      for (float probability : probabilities) {
        shares.add(Float.toString(probability));
      }
      return "%d\t%d\t%d\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%s\t%s\t%s"
          .formatted(
              shard,
              offset,
              length,
              IndexText.hex(crc),
              grid.width(),
              grid.height(),
              grid.coveredWidth(),
              grid.coveredHeight(),
              grid.columns(),
              grid.rows(),
              values,
              id,
              shares);
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @param classes K
     * @throws IllegalArgumentException if it is no such line, or its numbers cannot be
     */
    static Stored of(List<String> fields, int classes) {
      if (fields.size() != FIELDS) {
        throw new IllegalArgumentException(fields.size() + " fields instead of " + FIELDS);
      }
      Stored line =
          new Stored(
              fields.get(11),
              Integer.parseInt(fields.get(0)),
              Long.parseLong(fields.get(1)),
              Integer.parseInt(fields.get(2)),
              Integer.parseUnsignedInt(fields.get(3), 16),
              new MapGrid(
                  Integer.parseInt(fields.get(4)),
                  Integer.parseInt(fields.get(5)),
                  Integer.parseInt(fields.get(6)),
                  Integer.parseInt(fields.get(7)),
                  Integer.parseInt(fields.get(8)),
                  Integer.parseInt(fields.get(9))),
              present(fields.get(10), classes),
              probabilities(fields.get(12), classes));
      if (line.length < 1) {
        throw new IllegalArgumentException("a length of " + line.length + " bytes");
      }
      if (line.levels() > Integer.MAX_VALUE - 8 || !MapCodec.canHold(line.length, line.levels())) {
        throw new IllegalArgumentException(
            "%d bytes cannot hold %d maps of %d×%d"
                .formatted(
                    line.length, line.present.length, line.grid.columns(), line.grid.rows()));
      }
      return line;
    }

    private static int[] present(String values, int classes) {
      if (values.isEmpty()) {
        return new int[0];
      }
      String[] parts = values.split(";", -1);
      int[] present = new int[parts.length];
      for (int j = 0; j < parts.length; j++) {
        present[j] = Integer.parseInt(parts[j]) - 1;
        if (present[j] < (j == 0 ? StoredMaps.BACKGROUND : present[j - 1] + 1)
            || present[j] >= classes) {
          throw new IllegalArgumentException(
              "values %s; allowed are 0 to %d, ascending".formatted(values, classes));
        }
      }
      return present;
    }

    private static float[] probabilities(String shares, int classes) {
      if (shares.isEmpty()) {
        return new float[0];
      }
      String[] parts = shares.split(";", -1);
      if (parts.length != classes) {
        throw new IllegalArgumentException(
            "%d probabilities for %d classes".formatted(parts.length, classes));
      }
      float[] probabilities = new float[parts.length];
      for (int k = 0; k < parts.length; k++) {
        probabilities[k] = Float.parseFloat(parts[k]);
        if (!(probabilities[k] >= 0 && probabilities[k] <= 1)) {
          throw new IllegalArgumentException("probability " + parts[k] + "; allowed are 0…1");
        }
      }
      return probabilities;
    }
  }

  /** A picture that has no maps. */
  record LeftOut(String id, String reason) implements IndexLine {
    static final String MARK = "#left-out";

    @Override
    public String text() {
      return MARK + "\t" + id + "\t" + reason;
    }
  }
}
