package dev.wsss.eval.onnx;

/** What a model gives. */
public enum ModelKind {
  /** Maps of class activation and logits. */
  CAM,
  /** Scores of background and classes, pixel by pixel. */
  SEGMENTATION;

  /** The key in a model file; a file without it holds a CAM network. */
  public static final String KEY = "wsss.kind";

  /** As it stands in a file. */
  public String text() {
    return this == CAM ? "cam" : "segmentation";
  }

  static ModelKind of(ModelTexts texts) {
    String text = texts.texts().getOrDefault(KEY, CAM.text());
    for (ModelKind kind : values()) {
      if (kind.text().equals(text)) {
        return kind;
      }
    }
    throw texts.wrong(KEY, "cam or segmentation");
  }
}
