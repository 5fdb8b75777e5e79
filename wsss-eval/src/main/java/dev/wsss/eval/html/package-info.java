/**
 * A page that stands alone, without scripts and without other files: {@link
 * dev.wsss.eval.html.Page} with {@link dev.wsss.eval.html.LineChart}, {@link
 * dev.wsss.eval.html.ClassBars} and {@link dev.wsss.eval.html.PictureCard}.
 */
@NullMarked
package dev.wsss.eval.html;

import org.jspecify.annotations.NullMarked;
