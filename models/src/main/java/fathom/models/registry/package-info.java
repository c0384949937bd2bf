/** The registry of architectures and of weight files as their authors publish them: one line per family. */
@NullMarked
package fathom.models.registry;

import org.jspecify.annotations.NullMarked;
