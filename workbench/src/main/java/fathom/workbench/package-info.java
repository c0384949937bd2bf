/**
 * The work a person asks for, resumable and with progress: import, apply a model, evaluate, export, make sample scenes.
 * Commands and routes call it and show what it returns; nothing here prints, exits, parses arguments or speaks HTTP.
 */
@NullMarked
package fathom.workbench;

import org.jspecify.annotations.NullMarked;
