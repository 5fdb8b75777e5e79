package dev.wsss.eval.coco;

/** Whether a region of many objects ({@code iscrowd}) gives its picture a label. */
public enum CrowdLabels {
  /** As any other region. */
  COUNT,
  /** Only single objects give labels. */
  LEAVE_OUT
}
