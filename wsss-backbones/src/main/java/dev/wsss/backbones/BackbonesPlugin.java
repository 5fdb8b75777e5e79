package dev.wsss.backbones;

import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.CamHead;
import dev.wsss.api.network.SegmentationHead;
import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.backbones.head.LinearHead;
import dev.wsss.backbones.head.LinearHeadConfig;
import dev.wsss.backbones.head.ProjectedHead;
import dev.wsss.backbones.head.ProjectedHeadConfig;
import dev.wsss.backbones.head.TextHead;
import dev.wsss.backbones.head.TextHeadConfig;
import dev.wsss.backbones.head.segmentation.DeepLabV2;
import dev.wsss.backbones.head.segmentation.DeepLabV2Config;
import dev.wsss.backbones.head.segmentation.DeepLabV3Plus;
import dev.wsss.backbones.head.segmentation.DeepLabV3PlusConfig;
import dev.wsss.backbones.head.segmentation.LargeFieldOfView;
import dev.wsss.backbones.head.segmentation.LargeFieldOfViewConfig;
import dev.wsss.backbones.head.segmentation.ProjectedScores;
import dev.wsss.backbones.head.segmentation.ProjectedScoresConfig;
import dev.wsss.backbones.weights.Architecture;
import java.util.List;

/** The backbones, CAM heads and segmentation heads of this jar. */
public final class BackbonesPlugin implements WsssPlugin {

  @Override
  public void register(Registry registry) {
    registry.add(Backbone.class, "tiny", TinyConfig.class, Tiny.class);
    registry.add(Backbone.class, "resnet18", ResNetConfig.class, ResNet18.class);
    registry.add(Backbone.class, "resnet34", ResNetConfig.class, ResNet34.class);
    registry.add(Backbone.class, "resnet50", ResNetConfig.class, ResNet50.class);
    registry.add(Backbone.class, "resnet101", ResNetConfig.class, ResNet101.class);
    registry.add(Backbone.class, "vgg16", Vgg16Config.class, Vgg16.class);
    registry.add(Backbone.class, "mobilenet-v2", MobileNetV2Config.class, MobileNetV2.class);
    registry.add(Backbone.class, "resnet38", ResNet38Config.class, ResNet38.class);
    registry.add(
        Backbone.class, "vit-small", VisionTransformerConfig.class, VisionTransformer.Small.class);
    registry.add(
        Backbone.class, "vit-base", VisionTransformerConfig.class, VisionTransformer.Base.class);
    registry.add(
        Backbone.class,
        "clip-vit-b16",
        ClipVisionTransformerConfig.class,
        VisionTransformer.Clip.class);
    registry.add(CamHead.class, "projected", ProjectedHeadConfig.class, ProjectedHead.class);
    registry.add(CamHead.class, "linear", LinearHeadConfig.class, LinearHead.class);
    registry.add(CamHead.class, "text", TextHeadConfig.class, TextHead.class);
    registry.add(
        SegmentationHead.class,
        "large-field-of-view",
        LargeFieldOfViewConfig.class,
        LargeFieldOfView.class);
    registry.add(
        SegmentationHead.class, "projected", ProjectedScoresConfig.class, ProjectedScores.class);
    registry.add(SegmentationHead.class, "deeplab-v2", DeepLabV2Config.class, DeepLabV2.class);
    registry.add(
        SegmentationHead.class, "deeplab-v3-plus", DeepLabV3PlusConfig.class, DeepLabV3Plus.class);
  }

  /** The backbones for which weights may be given. */
  static List<Architecture> architectures() {
    return List.of(
        ResNet.architecture(ResNetDepth.RESNET18),
        ResNet.architecture(ResNetDepth.RESNET34),
        ResNet.architecture(ResNetDepth.RESNET50),
        ResNet.architecture(ResNetDepth.RESNET101),
        Vgg16.architecture(),
        MobileNetV2.architecture(),
        ResNet38.architecture(),
        VisionTransformer.architecture(TransformerSize.SMALL),
        VisionTransformer.architecture(TransformerSize.BASE),
        VisionTransformer.architecture(TransformerSize.CLIP_B16));
  }
}
