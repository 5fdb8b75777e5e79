package dev.wsss.eval.predict;

/** Hears how a {@link PredictionJob} goes on; called by one thread at a time. */
public interface JobListener {
  /** Hears nothing. */
  JobListener SILENT = new JobListener() {};

  /**
   * Before the first picture.
   *
   * @param done pictures that an earlier call has finished
   * @param total pictures of this call, those included
   * @param megabytes of memory that will be held at most, estimated from the headers of the largest
   *     files
   */
  default void starts(int done, int total, long megabytes) {}

  /**
   * A picture was finished, or left out.
   *
   * @param secondsLeft estimated from the pictures of this call so far
   */
  default void went(int done, int total, double secondsLeft) {}

  /** A picture was left out; the reason names its file. */
  default void failed(String reason) {}
}
