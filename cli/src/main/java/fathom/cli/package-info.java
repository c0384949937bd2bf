/**
 * The command line: one class per command, each a thin shell around work that another room does. Only this room prints,
 * asks, exits and maps errors to exit codes; no arithmetic, no file format and no database lives here.
 */
@NullMarked
package fathom.cli;

import org.jspecify.annotations.NullMarked;
