package dev.wsss.eval.refine.crf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyTableTest {

  @Test
  void numbersKeysInTheOrderInWhichTheyComeAndForgetsThem() {
    KeyTable table = new KeyTable();
    for (int turn = 0; turn < 3; turn++) {
      table.clear();
      Random random = new Random(turn);
      List<Long> keys = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        long key = random.nextLong() >>> 2 | 1;
        assertThat(table.find(key)).isEqualTo(-1);
        assertThat(table.number(key)).isEqualTo(i);
        keys.add(key);
      }
      assertThat(table.size()).isEqualTo(20_000);
      for (int i = 0; i < keys.size(); i++) {
        assertThat(table.number(keys.get(i))).isEqualTo(i);
        assertThat(table.find(keys.get(i))).isEqualTo(i);
        assertThat(table.key(i)).isEqualTo(keys.get(i));
      }
    }
  }
}
