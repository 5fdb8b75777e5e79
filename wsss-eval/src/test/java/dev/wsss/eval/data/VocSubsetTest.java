package dev.wsss.eval.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.testing.SegmentationDatasetContract;
import dev.wsss.api.testing.SharedFiles;
import java.util.BitSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Real photographs with official masks. */
class VocSubsetTest extends SegmentationDatasetContract {

  @Override
  protected SegmentationDataset open() {
    return new VocDataset(
        new VocConfig(
            SharedFiles.require("data/voc12-subset"),
            VocConfig.Labels.AUTO,
            Unlabelled.FAIL,
            Map.of(),
            1_000_000));
  }

  @Override
  protected boolean masksShowExactlyTheLabels() {
    return true;
  }

  @Test
  void bothListsAreReadWhole() {
    SegmentationDataset data = open();
    assertThat(data.examples("train")).hasSize(471);
    assertThat(data.examples("val")).hasSize(226);
    BitSet seen = new BitSet();
    data.examples("val").forEach(example -> seen.or(example.labels()));
    assertThat(seen.cardinality()).isEqualTo(20);
  }
}
