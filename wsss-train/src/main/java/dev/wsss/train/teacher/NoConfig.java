package dev.wsss.train.teacher;

/** No keys. */
public record NoConfig() {}
