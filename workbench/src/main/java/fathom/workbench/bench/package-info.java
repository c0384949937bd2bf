/**
 * How fast models run on this machine, how near that is to what the machine could do, and what 8 bits cost, with the pictures
 * that they are calibrated on: measured side by
 * side in one run, with PyTorch beside them where its script is at hand.
 */
@NullMarked
package fathom.workbench.bench;

import org.jspecify.annotations.NullMarked;
