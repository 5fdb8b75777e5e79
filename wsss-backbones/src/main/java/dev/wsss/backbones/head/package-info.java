/**
 * Heads that turn a backbone's features into class activation maps: {@link
 * dev.wsss.backbones.head.ProjectedHead}, the paper's, {@link dev.wsss.backbones.head.LinearHead},
 * the classical one, and {@link dev.wsss.backbones.head.TextHead}, from features of texts.
 */
@NullMarked
package dev.wsss.backbones.head;

import org.jspecify.annotations.NullMarked;
