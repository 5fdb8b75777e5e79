package org.example.classification;

import dev.wsss.api.config.Doc;

/** Keys of the {@code focal} loss. */
@Doc("Focal loss (Lin et al. 2017): labels that are met already count less.")
public record FocalConfig(
    @Doc(value = "Exponent γ; 0 is binary cross-entropy.", byDefault = "2", min = 0, max = 8)
        double gamma) {}
