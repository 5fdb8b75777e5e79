package dev.wsss.eval.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemLoopTest {
  private static final List<Integer> ITEMS = IntStream.range(0, 100).boxed().toList();

  private final Queue<Integer> done = new ConcurrentLinkedQueue<>();

  @Test
  void doesEveryItemOnceWithThreadsOfItsOwn() throws IOException {
    Queue<String> names = new ConcurrentLinkedQueue<>();
    ItemLoop.Work<Integer> work =
        item -> {
          done.add(item);
          names.add(Thread.currentThread().getName());
        };
    assertThat(ItemLoop.run("count", ITEMS, Collections.nCopies(3, work)))
        .isEqualTo(ItemLoop.End.DONE);
    assertThat(done).containsExactlyInAnyOrderElementsOf(ITEMS);
    assertThat(names).allMatch(name -> name.matches("count-[123]"));
  }

  @Test
  void theFirstFailureStopsAll() {
    ItemLoop.Work<Integer> work =
        item -> {
          if (item == 3) {
            throw new IOException("item 3");
          }
          done.add(item);
        };
    assertThatThrownBy(() -> ItemLoop.run("fail", ITEMS, List.of(work)))
        .isInstanceOf(IOException.class)
        .hasMessage("item 3");
    assertThat(done).containsExactly(0, 1, 2);
  }

  @Test
  void uncheckedFailuresAndErrorsComeThrough() {
    ItemLoop.Work<Integer> illegal =
        item -> {
          throw new IllegalStateException("unchecked");
        };
    assertThatThrownBy(() -> ItemLoop.run("fail", ITEMS, List.of(illegal)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("unchecked");
    ItemLoop.Work<Integer> error =
        item -> {
          throw new OutOfMemoryError("error");
        };
    assertThatThrownBy(() -> ItemLoop.run("fail", ITEMS, List.of(error)))
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessage("error");
  }

  @Test
  void anInterruptLetsEachThreadFinishItsItem() throws Exception {
    Thread caller = Thread.currentThread();
    CountDownLatch begun = new CountDownLatch(2);
    ItemLoop.Work<Integer> work =
        item -> {
          begun.countDown();
          try {
            begun.await();
            caller.interrupt();
            while (caller.isInterrupted()) {
              Thread.onSpinWait(); // until the interrupt is heard
            }
            Thread.sleep(20); // then the loop is told to stop
          } catch (InterruptedException e) {
            throw new AssertionError("an interrupt was handed on", e);
          }
          done.add(item);
        };
    ItemLoop.End end = ItemLoop.run("stop", ITEMS, Collections.nCopies(2, work));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(end).isEqualTo(ItemLoop.End.INTERRUPTED);
    assertThat(done).contains(0, 1).hasSizeLessThan(ITEMS.size());
  }

  @Test
  void doesNothingWithoutItems() throws IOException {
    assertThat(ItemLoop.run("none", List.<Integer>of(), List.of(done::add)))
        .isEqualTo(ItemLoop.End.DONE);
    assertThat(done).isEmpty();
  }
}
