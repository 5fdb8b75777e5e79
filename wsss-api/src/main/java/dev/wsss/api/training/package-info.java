/** Where a run stands, and what a module keeps between steps: for authors of any module. */
@NullMarked
package dev.wsss.api.training;

import org.jspecify.annotations.NullMarked;
