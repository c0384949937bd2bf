/** The subcommands of {@code fathom models}. */
@NullMarked
package fathom.cli.models;

import org.jspecify.annotations.NullMarked;
