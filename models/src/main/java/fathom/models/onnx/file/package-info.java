/**
 * The structure of an ONNX file, read without its weights: the files that contain its weights, and the operators next to
 * its inputs and outputs.
 */
@NullMarked
package fathom.models.onnx.file;

import org.jspecify.annotations.NullMarked;
