package dev.wsss.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.train.SmallRuns;
import dev.wsss.train.loop.Slot;
import dev.wsss.train.loop.TrainingException;
import dev.wsss.train.wiring.WiredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            run.root(),
            run.student(),
            run.teacher(),
            Slot.layersOf(run.slots()),
            run.optimiser(),
            run.stateful());
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
                + ": Not a directory); there is none yet; free space and run the same command again, wsss train with --resume");
    assertThatThrownBy(() -> checkpoints.save(contents, new Progress(Progress.FORMAT, 3, 0, 0)))
        .hasMessage(
            "the checkpoint of epoch 3 could not be written ("
                + inTheWay.resolve(".last.partial")
                + ": Not a directory); that of epoch 2 is kept; free space and run the same command again, wsss train with --resume");
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
    Files.writeString(last().resolve("progress.json"), "{\"format\": 2}");
    Files.delete(last().resolve("SHA256SUMS"));

    assertRefused("progress.json has another format than 3, which this version reads");
  }

  @Test
  void refusesALostStateOfASlot() throws IOException {
    checkpoints.save(contents, new Progress(Progress.FORMAT, 1, 0, 0));
    rewrite("modules.json", "{}");

    assertRefused("modules.json lacks the state of self-supervision.rcm");
  }

  @Test
  void refusesAStateThatTheModuleRefuses() throws IOException {
    checkpoints.save(contents, new Progress(Progress.FORMAT, 1, 0, 0));
    rewrite("modules.json", "{\"self-supervision.rcm\": {\"counts\": \"AACAPw==\"}}");

    assertRefused(
        "self-supervision.rcm does not take its state back: rcm's memory needs 'counts' and 'prototypes',"
            + " found [counts]");
  }

  @Test
  void namesTheFileThatIsGone() throws IOException {
    checkpoints.save(contents, new Progress(Progress.FORMAT, 1, 0, 0));
    Files.delete(last().resolve("SHA256SUMS"));
    assertRefused("SHA256SUMS is missing");
    new Checksums(last(), names()).write();
    Files.delete(last().resolve("optimiser.safetensors"));
    assertRefused("optimiser.safetensors is missing");
  }

  /** Every 97th byte of each file, and all of the short ones; every bit in turn. */
  @Test
  void namesAnyFileInWhichABitHasChanged() throws IOException {
    checkpoints.save(contents, new Progress(Progress.FORMAT, 1, 0, 0));
    List<String> files = new ArrayList<>(names());
    files.add("SHA256SUMS");
    for (String file : files) {
      byte[] good = Files.readAllBytes(last().resolve(file));
      int flips = 0;
      for (int at = 0; at < good.length; at += Math.max(1, good.length / 97)) {
        byte[] bad = good.clone();
        bad[at] ^= (byte) (1 << (flips++ % 8));
        Files.write(last().resolve(file), bad);
        assertThatThrownBy(() -> checkpoints.load(contents))
            .as("%s, byte %d", file, at)
            .isInstanceOf(TrainingException.class)
            .hasMessageStartingWith("checkpoint " + last() + " cannot be used: ")
            .hasMessageContaining(file.equals("SHA256SUMS") ? "SHA256SUMS" : file + ": not the");
      }
      Files.write(last().resolve(file), good);
    }
    assertThat(checkpoints.load(contents)).isPresent();
  }

  @Test
  void aChangedCheckpointIsNotScoredEither() throws IOException {
    checkpoints.save(contents, new Progress(Progress.FORMAT, 1, 0, 0));
    Path teacher = last().resolve("teacher.safetensors");
    byte[] bytes = Files.readAllBytes(teacher);
    bytes[bytes.length - 1] ^= 1;
    Files.write(teacher, bytes);

    assertThatThrownBy(() -> checkpoints.loadNetworks(run.root(), run.student(), run.teacher()))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith(
            "checkpoint "
                + last()
                + " cannot be used: teacher.safetensors: not the checksum that SHA256SUMS has");
  }

  @Test
  void theChecksumsAreThoseOfSha256sum() throws IOException {
    Files.writeString(temp.resolve("abc"), "abc");
    new Checksums(temp, List.of("abc")).write();
    assertThat(temp.resolve("SHA256SUMS"))
        .hasContent("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  abc\n");
  }

  private Path last() {
    return temp.resolve("checkpoints/last");
  }

  private static List<String> names() {
    return List.of(
        "student.safetensors",
        "teacher.safetensors",
        "optimiser.safetensors",
        "modules.json",
        "progress.json");
  }

  private void rewrite(String file, String text) throws IOException {
    Files.writeString(last().resolve(file), text);
    new Checksums(last(), names()).write();
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> checkpoints.load(contents))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "checkpoint "
                + last()
                + " cannot be used: "
                + why
                + "; bring back what was written, or delete the folder to start at the first"
                + " epoch");
  }
}
