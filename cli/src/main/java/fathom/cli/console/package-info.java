/**
 * The terminal: printing, tables, progress bars, JSON, exit codes, and the one place that maps failures to exit codes.
 */
@NullMarked
package fathom.cli.console;

import org.jspecify.annotations.NullMarked;
