/**
 * The data sets that come with the framework: {@link dev.wsss.eval.data.VocDataset}, {@link
 * dev.wsss.eval.data.CocoDataset}, {@link dev.wsss.eval.data.FolderDataset} and {@link
 * dev.wsss.eval.data.synthetic.SyntheticDataset}.
 */
@NullMarked
package dev.wsss.eval.data;

import org.jspecify.annotations.NullMarked;
