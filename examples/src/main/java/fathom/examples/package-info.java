/** Example programs that use Fathom as a library. Each is one file that can be read from top to bottom. */
@NullMarked
package fathom.examples;

import org.jspecify.annotations.NullMarked;
