package dev.wsss.eval.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.testing.SegmentationDatasetContract;
import dev.wsss.api.testing.SharedFiles;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Real photographs of steel in a plain folder. */
class SteelDefectsTest extends SegmentationDatasetContract {

  @Override
  protected SegmentationDataset open() {
    return new FolderDataset(
        new FolderConfig(
            SharedFiles.require("data/steel-defects"), Unlabelled.FAIL, Map.of(), 1_000_000));
  }

  @Override
  protected boolean masksShowExactlyTheLabels() {
    return true;
  }

  @Test
  void theTableIsReadWhole() {
    SegmentationDataset data = open();
    assertThat(data.classes().foreground()).containsExactly("inclusion", "patches", "scratches");
    assertThat(data.splits()).containsExactlyInAnyOrder("train", "val");
    assertThat(data.examples("train")).hasSize(480);
    assertThat(data.examples("val")).hasSize(160);
    assertThat(data.examples("train").stream().filter(e -> e.labels().cardinality() > 1).count())
        .isPositive();
  }
}
