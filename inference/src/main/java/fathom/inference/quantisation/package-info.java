/**
 * Networks in 8 bits: from a graph in float32 and its weights to the same graph whose linear layers and convolutions multiply
 * 8-bit integers. Weights are symmetric with one scale for each result; linear layers measure what they are given at each run,
 * convolutions keep to ranges that were measured on calibration pictures. Pictures and sessions are not known here.
 */
@NullMarked
package fathom.inference.quantisation;

import org.jspecify.annotations.NullMarked;
