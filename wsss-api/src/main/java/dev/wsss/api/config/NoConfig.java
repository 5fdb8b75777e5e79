package dev.wsss.api.config;

/** The configuration of a module that has no keys. */
public record NoConfig() {}
