package dev.wsss.eval.data;

import java.util.BitSet;

/** A source of image-level labels for pictures in the layout of PASCAL VOC. */
interface VocLabels {

  /** The foreground classes of a picture; none where the source says nothing of it. */
  BitSet of(String id, DataProblems problems);

  /** Where the labels of a picture stand, for people. */
  String place(String id);
}
