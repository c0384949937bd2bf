/**
 * The command line: one class per command. Each command reads its options, calls a task of another module and prints the
 * result. Only this module prints, asks questions, exits and maps failures to exit codes. It contains no arithmetic, no file
 * formats and no database access.
 */
@NullMarked
package fathom.cli;

import org.jspecify.annotations.NullMarked;
