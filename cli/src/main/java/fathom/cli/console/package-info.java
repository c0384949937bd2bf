/**
 * The terminal: printing, tables, progress bars, JSON, and the mapping of failures to exit codes.
 */
@NullMarked
package fathom.cli.console;

import org.jspecify.annotations.NullMarked;
