package dev.wsss.train.pipeline;

/**
 * What a stage took.
 *
 * @param seconds wall time, over all its sessions
 * @param pictures that it worked on; 0 where it does not go by pictures
 * @param bytes of its folder
 */
public record StageCost(double seconds, int pictures, long bytes) {}
