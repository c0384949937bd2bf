/** One class per command. */
@NullMarked
package fathom.cli;

import org.jspecify.annotations.NullMarked;
