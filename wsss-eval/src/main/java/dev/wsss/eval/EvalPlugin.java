package dev.wsss.eval;

import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.metric.Metric;
import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.eval.data.CocoConfig;
import dev.wsss.eval.data.CocoDataset;
import dev.wsss.eval.data.FolderConfig;
import dev.wsss.eval.data.FolderDataset;
import dev.wsss.eval.data.VocConfig;
import dev.wsss.eval.data.VocDataset;
import dev.wsss.eval.data.synthetic.SyntheticConfig;
import dev.wsss.eval.data.synthetic.SyntheticDataset;
import dev.wsss.eval.metric.CamMiou;
import dev.wsss.eval.metric.CamMiouConfig;
import dev.wsss.eval.metric.ImageMap;
import dev.wsss.eval.metric.ImageMapConfig;
import dev.wsss.eval.refine.DenseCrf;
import dev.wsss.eval.refine.DenseCrfConfig;
import dev.wsss.eval.refine.adaptive.PixelAdaptive;
import dev.wsss.eval.refine.adaptive.PixelAdaptiveConfig;
import dev.wsss.eval.refine.external.ExternalMasks;
import dev.wsss.eval.refine.external.ExternalMasksConfig;

/** The data sets, metrics and refiners of this jar. */
public final class EvalPlugin implements WsssPlugin {
  @Override
  public void register(Registry registry) {
    registry.add(SegmentationDataset.class, "voc", VocConfig.class, VocDataset.class);
    registry.add(SegmentationDataset.class, "coco", CocoConfig.class, CocoDataset.class);
    registry.add(SegmentationDataset.class, "folder", FolderConfig.class, FolderDataset.class);
    registry.add(
        SegmentationDataset.class, "synthetic", SyntheticConfig.class, SyntheticDataset.class);
    registry.add(Metric.class, "cam-miou", CamMiouConfig.class, CamMiou.class);
    registry.add(Metric.class, "image-map", ImageMapConfig.class, ImageMap.class);
    registry.add(PseudoLabelRefiner.class, "dense-crf", DenseCrfConfig.class, DenseCrf.class);
    registry.add(
        PseudoLabelRefiner.class, "pixel-adaptive", PixelAdaptiveConfig.class, PixelAdaptive.class);
    registry.add(
        PseudoLabelRefiner.class, "external-masks", ExternalMasksConfig.class, ExternalMasks.class);
  }
}
