/** How the threads of the tensor library share the machine. */
@NullMarked
package dev.wsss.train.threads;

import org.jspecify.annotations.NullMarked;
