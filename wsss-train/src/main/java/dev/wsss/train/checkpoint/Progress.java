package dev.wsss.train.checkpoint;

/**
 * How far a run has come.
 *
 * @param format version of the checkpoint's layout
 * @param epoch the last finished epoch, from 1
 * @param seconds wall time so far, over all sessions of the run
 * @param badImages most pictures that one session met and could not decode
 */
public record Progress(int format, int epoch, double seconds, int badImages) {
  /** The layout written by this version. */
  public static final int FORMAT = 3;

  /** Before the first step. */
  public static final Progress NONE = new Progress(FORMAT, 0, 0, 0);
}
