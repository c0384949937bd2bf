/**
 * Networks with 8-bit products: converts a float32 graph and its weights to the same graph whose linear layers and
 * convolutions multiply 8-bit integers. Weights are symmetric with one scale per output channel; linear layers measure
 * the range of their input in each run; convolutions use ranges measured on calibration pictures. Nothing here knows
 * pictures or sessions.
 */
@NullMarked
package fathom.engine.quantisation;

import org.jspecify.annotations.NullMarked;
