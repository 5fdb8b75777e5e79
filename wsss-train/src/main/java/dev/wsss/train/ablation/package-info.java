/**
 * Runs one configuration in many variants: an {@link dev.wsss.train.ablation.AblationPlan} is what
 * the file says, checked; an {@link dev.wsss.train.ablation.Ablation} runs it.
 */
@NullMarked
package dev.wsss.train.ablation;

import org.jspecify.annotations.NullMarked;
