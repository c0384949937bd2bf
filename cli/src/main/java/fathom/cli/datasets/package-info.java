/** The subcommands of {@code fathom datasets}. */
@NullMarked
package fathom.cli.datasets;

import org.jspecify.annotations.NullMarked;
