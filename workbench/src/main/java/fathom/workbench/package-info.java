/**
 * The work that a person asks for: import scenes, predict depth for pictures or a whole dataset, evaluate, compare, report.
 * Each kind of work is a class with one entrance; it reports {@link fathom.workbench.Progress}, stops when
 * {@link fathom.workbench.Cancellation} asks, records what fails for one sample and goes on with the next, and can be run
 * again to go on where it stopped. Nothing here prints, exits or asks: that is {@code cli}.
 */
@NullMarked
package fathom.workbench;

import org.jspecify.annotations.NullMarked;
