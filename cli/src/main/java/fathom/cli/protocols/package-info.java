/** The commands {@code fathom protocols …}. */
@NullMarked
package fathom.cli.protocols;

import org.jspecify.annotations.NullMarked;
