/** Programs that use Fathom as a library, each one file that reads from top to bottom. Nothing here is used by other rooms. */
@NullMarked
package fathom.examples;

import org.jspecify.annotations.NullMarked;
