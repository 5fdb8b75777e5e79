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
   * Before the first picture, where large ones are looked at part by part.
   *
   * @param tiles parts of all pictures; 0 where no picture is large
   * @param seconds that the whole job will take where every picture shows a class, by a part that
   *     was timed; reading and writing are not counted; 0 where no picture is large
   */
  default void willLookAtTiles(long tiles, double seconds) {}

  /**
   * A part of a large picture was looked at.
   *
   * @param done parts of this job
   * @param total of this job
   * @param secondsLeft of the whole job, estimated from what was done so far
   */
  default void tile(long done, long total, double secondsLeft) {}

  /**
   * A picture was finished, or left out.
   *
   * @param secondsLeft estimated from what this call has done so far
   */
  default void went(int done, int total, double secondsLeft) {}

  /** A picture was left out; the reason names its file. */
  default void failed(String reason) {}
}
