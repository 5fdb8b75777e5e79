package dev.wsss.eval.coco;

/** What a region of many objects ({@code iscrowd}) is in a mask. */
public enum CrowdMasks {
  /** Not counted, under all other regions: its outline is rough, and not all in it are objects. */
  IGNORE,
  /** Its class, as any other region. */
  CLASS
}
