package org.example.schedule;

import dev.wsss.api.config.Doc;

/** Keys of the {@code halving} schedule. */
@Doc("The rate halves after every so many epochs.")
public record HalvingConfig(
    @Doc(value = "Epochs at one rate.", byDefault = "2", unit = "epochs", min = 1) int epochs) {}
