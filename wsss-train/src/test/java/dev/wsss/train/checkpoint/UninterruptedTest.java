package dev.wsss.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UninterruptedTest {

  @Test
  void whatTheWorkThrowsIsThrownAsItIs() {
    OutOfMemoryError error = new OutOfMemoryError("no memory");
    IllegalStateException exception = new IllegalStateException("no disk");

    assertThatThrownBy(() -> Uninterrupted.run(() -> fail(error))).isSameAs(error);
    assertThatThrownBy(() -> Uninterrupted.run(() -> fail(exception))).isSameAs(exception);
  }

  @Test
  void theWorkIsDoneAndTheInterruptIsKept() {
    List<String> done = new ArrayList<>();
    Thread.currentThread().interrupt();

    Uninterrupted.run(() -> done.add(Thread.currentThread().isInterrupted() ? "torn" : "whole"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(done).containsExactly("whole");
  }

  private static void fail(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }
}
