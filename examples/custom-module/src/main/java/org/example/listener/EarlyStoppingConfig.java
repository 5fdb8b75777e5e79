package org.example.listener;

import dev.wsss.api.config.Doc;

/** Keys of the {@code early-stopping} listener. */
@Doc("Ends training where a loss has not fallen for some epochs.")
public record EarlyStoppingConfig(
    @Doc(value = "Name of the loss, as in metrics.csv.", byDefault = "classification") String loss,
    @Doc(value = "Epochs without a new lowest value.", byDefault = "3", unit = "epochs", min = 1)
        int patience) {}
