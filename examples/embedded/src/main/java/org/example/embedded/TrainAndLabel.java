package org.example.embedded;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.listener.RunListener;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import dev.wsss.train.run.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;

/** Learns from pictures with image-level labels, then writes a mask for each validation picture. */
public final class TrainAndLabel {

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    ResolvedRun config = ResolvedRun.load("quickstart-base", "training.epochs=" + arguments[1]);
    try (Run run = Run.open(config, folder, Resume.CONTINUE)) {
      RunResult result = run.train(RunListener.SILENT);
      double threshold = result.masks().value();
      Path labels = Files.createDirectories(folder.resolve("labels"));
      for (Example example : run.data().examples("val")) {
        IndexMask mask = run.predict(run.data().image(example), example).map().mask(threshold);
        new MaskFile(labels.resolve(example.id() + ".png")).write(mask);
      }
    }
  }

  private TrainAndLabel() {}
}
