package org.example.agreement;

import dev.wsss.api.config.Doc;

/** Keys of the {@code agreement} module. */
public record AgreementConfig(
    @Doc(
            value = "Scale at which the student looks; the teacher looks at scale 1.",
            byDefault = "0.5",
            min = 0.25,
            max = 2)
        double studentScale) {}
