/** The article's walk in Java. */
@NullMarked
package fathom.examples;

import org.jspecify.annotations.NullMarked;
