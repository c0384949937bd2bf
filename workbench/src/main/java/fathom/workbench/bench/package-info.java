/**
 * Benchmarks of models on this machine: speed, the lower bound given by the machine's matrix products, and the loss of
 * accuracy with int8, with the calibration pictures for int8. PyTorch is measured in the same run if its script is available.
 */
@NullMarked
package fathom.workbench.bench;

import org.jspecify.annotations.NullMarked;
