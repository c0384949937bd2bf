/**
 * Networks in 8 bits: from a graph in float32 and its weights to the same graph whose linear layers and convolutions
 * multiply 8-bit integers. Weights are symmetric with one scale per output channel; linear layers measure the range of
 * their input in each run; convolutions use ranges measured on calibration pictures. Pictures and sessions are not
 * known here.
 */
@NullMarked
package fathom.engine.quantisation;

import org.jspecify.annotations.NullMarked;
