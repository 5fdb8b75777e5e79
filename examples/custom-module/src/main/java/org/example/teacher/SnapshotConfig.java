package org.example.teacher;

import dev.wsss.api.config.Doc;

/** Keys of the {@code snapshot} update. */
@Doc("The teacher is the student as it was at the last of every so many steps.")
public record SnapshotConfig(
    @Doc(value = "Steps from one snapshot to the next.", byDefault = "20", unit = "steps", min = 1)
        int every) {}
