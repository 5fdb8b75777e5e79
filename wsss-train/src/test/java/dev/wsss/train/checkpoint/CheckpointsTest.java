package dev.wsss.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.train.SmallRuns;
import dev.wsss.train.loop.TrainingException;
import dev.wsss.train.wiring.WiredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  @TempDir Path temp;
  private WiredRun run;
  private Checkpoints checkpoints;
  private Checkpoints.Contents contents;

  @BeforeEach
  void open() {
    run = WiredRun.of(SmallRuns.config("self-supervision={rcm: {prototype-pooling: memory}}"));
    checkpoints = new Checkpoints(temp);
    contents =
        new Checkpoints.Contents(
            run.root(), run.student(), run.teacher(), run.optimiser(), run.stateful());
  }

  @AfterEach
  void close() {
    run.root().close();
  }

  @Test
  void saysWhichCheckpointIsKeptWhereOneCannotBeWritten() throws IOException {
    // A file in the way stands for a disk that takes no more: both refuse the first write.
    Path inTheWay = Files.writeString(temp.resolve("checkpoints"), "");

    assertThatThrownBy(() -> checkpoints.save(contents, new Progress(Progress.FORMAT, 1, 0, 0)))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "the checkpoint of epoch 1 could not be written ("
                + inTheWay.resolve(".last.partial")
                + ": Not a directory); there is none yet; free space and run again with --resume");
    assertThatThrownBy(() -> checkpoints.save(contents, new Progress(Progress.FORMAT, 3, 0, 0)))
        .hasMessage(
            "the checkpoint of epoch 3 could not be written ("
                + inTheWay.resolve(".last.partial")
                + ": Not a directory); that of epoch 2 is kept; free space and run again with --resume");
  }

  @Test
  void saysThatThereIsNone() {
    assertThatThrownBy(() -> checkpoints.loadNetworks(run.root(), run.student(), run.teacher()))
        .isInstanceOf(TrainingException.class)
        .hasMessage("there is no checkpoint of a run in " + temp);
  }

  @Test
  void refusesAnotherFormat() throws IOException {
    checkpoints.save(contents, new Progress(Progress.FORMAT, 1, 0, 0));
    Path last = temp.resolve("checkpoints/last");
    Files.writeString(last.resolve("progress.json"), "{\"format\": 1}");

    assertThatThrownBy(() -> checkpoints.load(contents))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "checkpoint "
                + last
                + " cannot be read: progress.json has another format than 2, which this version"
                + " reads");
  }

  @Test
  void refusesALostStateOfASlot() throws IOException {
    checkpoints.save(contents, new Progress(Progress.FORMAT, 1, 0, 0));
    Path last = temp.resolve("checkpoints/last");
    Files.writeString(last.resolve("slots.json"), "{}");

    assertThatThrownBy(() -> checkpoints.load(contents))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "checkpoint "
                + last
                + " cannot be read: slots.json lacks the state of self-supervision.rcm");
  }
}
