/** The commands {@code fathom models ...}. */
@NullMarked
package fathom.cli.models;

import org.jspecify.annotations.NullMarked;
