/** The registry of architectures and of authors' weight files: one line per family. */
@NullMarked
package fathom.models.registry;

import org.jspecify.annotations.NullMarked;
