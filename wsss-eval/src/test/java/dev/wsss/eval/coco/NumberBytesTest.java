package dev.wsss.eval.coco;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumberBytesTest {

  @Test
  void numbersComeBackInTheirOrderAndSmallOnesTakeOneByte() {
    long[] numbers = {0, -1, 63, -64, 64, 1 << 20, Long.MAX_VALUE, Long.MIN_VALUE};
    NumberBytes bytes = new NumberBytes();
    for (long number : numbers) {
      bytes.add(number);
    }
    assertThat(bytes.size()).isEqualTo(4 + 2 + 4 + 10 + 10);
    NumberBytes.Cursor cursor = new NumberBytes.Cursor(bytes.handOver());
    for (long number : numbers) {
      assertThat(cursor.next()).isEqualTo(number);
    }
    assertThat(cursor.hasNext()).isFalse();
    assertThat(bytes.size()).isZero();
  }

  @Test
  void bytesOfOthersAreTakenByTheirNumber() {
    NumberBytes others = new NumberBytes();
    others.add(7);
    others.add(1000);
    NumberBytes bytes = new NumberBytes();
    bytes.add(others.size());
    bytes.addAll(others);
    bytes.add(5);
    NumberBytes.Cursor cursor = new NumberBytes.Cursor(bytes.handOver());
    NumberBytes.Cursor taken = new NumberBytes.Cursor(cursor.take(cursor.nextInt()));
    assertThat(taken.next()).isEqualTo(7);
    assertThat(taken.next()).isEqualTo(1000);
    assertThat(taken.hasNext()).isFalse();
    assertThat(cursor.next()).isEqualTo(5);
  }
}
