/**
 * Archives for evaluation servers: {@link dev.wsss.train.submission.VocSubmission} is that of
 * PASCAL VOC.
 */
@NullMarked
package dev.wsss.train.submission;

import org.jspecify.annotations.NullMarked;
