/**
 * What the student learns from image-level labels alone: {@link
 * dev.wsss.api.classification.ClassificationLoss}.
 */
@NullMarked
package dev.wsss.api.classification;

import org.jspecify.annotations.NullMarked;
