/** Options that several commands share. */
@NullMarked
package fathom.cli.options;

import org.jspecify.annotations.NullMarked;
