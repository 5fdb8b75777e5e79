/**
 * Heads that turn a backbone's features into class activation maps: {@link
 * dev.wsss.backbones.head.ProjectedHead}, the paper's, and {@link
 * dev.wsss.backbones.head.LinearHead}, the classical one.
 */
@NullMarked
package dev.wsss.backbones.head;

import org.jspecify.annotations.NullMarked;
