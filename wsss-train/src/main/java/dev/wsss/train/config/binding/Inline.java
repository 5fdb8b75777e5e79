package dev.wsss.train.config.binding;

import dev.wsss.api.config.Choice;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a {@link Choice} component whose keys stand in the same mapping as its siblings' keys.
 *
 * <p>This is how {@code weight} and {@code from-epoch} belong to a slot while {@code temperature},
 * beside them, belongs to the module in that slot.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Inline {}
